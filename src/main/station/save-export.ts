import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { refuse, type CallFault } from '../../contract/index.ts';
import { paperOf, type ReceiptDocument } from '../../receipt/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { startJob } from '../reports/index.ts';
import type { HandlerDeps } from './handlers.ts';

type Place = Pick<HandlerDeps, 'exportsFolder' | 'settings' | 'now'>;

/** A call's answer: where the file is. */
export type Saved = Result<{ readonly file: string }, CallFault>;

/**
 * Writes a file of this name into the folder of exports beside the books, which is made where it is missing. A folder
 * or a disk that does not take it is the fault of the call.
 */
export async function saveExport(
  { exportsFolder }: Pick<Place, 'exportsFolder'>,
  name: string,
  write: (to: string) => Promise<unknown>,
): Promise<Saved> {
  const file = path.join(exportsFolder, name);
  try {
    mkdirSync(exportsFolder, { recursive: true, mode: 0o700 });
    await write(file);
    return ok({ file });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return refuse('file-not-saved', { file, reason: error.code }, 'safe');
  }
}

/** Of the operating system's file calls; it is told by its members, since threads lose the kind of an error. */
const isSystemError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';

/** Writes a page of the station as a PDF with the lines that paper would have, on a thread. */
export function savePdf(
  place: Place,
  document: ReceiptDocument,
  name = `${document.number.replace(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`,
): Promise<Saved> {
  const paper = paperOf(document, place.settings.receiptColumns);
  const title = `${document.title} ${document.number}`;
  const atUnixMs = place.now();
  return saveExport(place, name, (to) => startJob({ kind: 'pdf', paper, title, atUnixMs, to }).outcome);
}
