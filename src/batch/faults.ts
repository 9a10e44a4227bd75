/** Why a file of the exchange is refused: a code, and where in it. */
export type FileFault = {
  readonly code:
    | 'file-incomplete'
    | 'file-signature'
    | 'file-manifest'
    | 'file-version'
    | 'file-size'
    | 'file-digest'
    | 'file-unpack'
    | 'file-encoding'
    | 'file-line'
    | 'file-row'
    | 'file-count'
    | 'file-order'
    | 'file-chain'
    | 'file-totals';
  /** `where`: a member's path, or the number of a line. `reason`: short and in no language, for people of the trade. */
  readonly params: { readonly where: string; readonly reason: string };
};

export function fault(
  code: FileFault['code'],
  where: string | number,
  reason: string,
): { readonly ok: false; readonly error: FileFault } {
  return { ok: false, error: { code, params: { where: String(where), reason } } };
}
