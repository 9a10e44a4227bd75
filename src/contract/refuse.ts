import { err } from '../units/index.ts';
import type { CallFault } from './handlers.ts';

/** A refusal by code. `retry` is `no` unless said otherwise: the same question would get the same answer. */
export function refuse(
  code: string,
  params: CallFault['params'] = {},
  retry: CallFault['retry'] = 'no',
): { readonly ok: false; readonly error: CallFault } {
  return err({ code, params, retry });
}
