import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { receiptPdf } from '../printing/index.ts';
import { paperOf, type ReceiptDocument } from '../../receipt/index.ts';
import { writeDurably } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';

type Place = Pick<HandlerDeps, 'exportsFolder' | 'settings' | 'now'>;

/** Writes a file into the folder of exports beside the books, over one of the same name; returns where it is. */
export function saveExport({ exportsFolder }: Place, name: string, content: string | Uint8Array): string {
  mkdirSync(exportsFolder, { recursive: true, mode: 0o700 });
  const file = path.join(exportsFolder, name);
  writeDurably(file, content);
  return file;
}

/** A page of the station as a PDF with the lines that paper would have; returns where it is. */
export async function savePdf(
  place: Place,
  document: ReceiptDocument,
  name = `${document.number.replace(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`,
): Promise<string> {
  const paper = paperOf(document, place.settings.receiptColumns);
  const bytes = await receiptPdf(paper, `${document.title} ${document.number}`, new Date(place.now()));
  return saveExport(place, name, bytes);
}
