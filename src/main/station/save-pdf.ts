import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { paperOf, type ReceiptDocument } from '../../receipt/index.ts';
import { startJob } from '../reports/index.ts';
import type { HandlerDeps } from './handlers.ts';

type Place = Pick<HandlerDeps, 'exportsFolder' | 'settings' | 'now'>;

/** Where a file of this name goes: into the folder of exports beside the books, which is made where it is missing. */
export function exportFile({ exportsFolder }: Pick<Place, 'exportsFolder'>, name: string): string {
  mkdirSync(exportsFolder, { recursive: true, mode: 0o700 });
  return path.join(exportsFolder, name);
}

/** Writes a page of the station as a PDF with the lines that paper would have, on a thread; returns where it is. */
export async function savePdf(
  place: Place,
  document: ReceiptDocument,
  name = `${document.number.replace(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`,
): Promise<string> {
  const to = exportFile(place, name);
  const paper = paperOf(document, place.settings.receiptColumns);
  const title = `${document.title} ${document.number}`;
  await startJob({ kind: 'pdf', paper, title, atUnixMs: place.now(), to }).outcome;
  return to;
}
