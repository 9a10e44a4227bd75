import { BreakLine, CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { assert } from '../../units/index.ts';
import { arabicPageBytes } from './arabic-page.ts';
import { arabicImage } from './arabic-words.ts';
import type { ArabicAs, Paper, PaperCode, PaperLine, PaperPart } from '../../receipt/index.ts';

/** The two Western pages that hold the whole of the receipts' repertoire. */
export type CodePage = 'WPC1252' | 'PC858';

export type SlipOptions = {
  readonly codePage: CodePage;
  /** The number of PC864 on this printer (ESC t), for Arabic words as its own letters; null paints them. */
  readonly arabicPage?: number | null;
  readonly cut: 'partial' | 'full' | 'none';
  /** Lines fed before the cut: the distance from the print head to the knife. 0 to 20. */
  readonly cutFeedLines: number;
  /** Four characters that the printer sends back once all before them is on paper; null for none. */
  readonly processId: string | null;
  /** Ends with GS r 1, which a printer of level `in-order` answers once it has come to it. */
  readonly asksInOrder?: boolean;
  /** A picture above the first line, as `encodeLogo` made it. */
  readonly logo?: Uint8Array | null;
  /** The slip before broke off, so the printer may wait inside half a command. */
  readonly afterBreak: boolean;
};

const CHARACTER_SETS = { WPC1252: CharacterSet.WPC1252, PC858: CharacterSet.PC858_EURO } as const;
const INITIALIZE = Buffer.from([0x1b, 0x40]);
/** More than the longest command of a slip: NULs end it and mean nothing else. */
const FLUSH = Buffer.alloc(1024);
/** GS ! n: the width less one in the high half, the height less one in the low; the library's call has them swapped. */
const SIZES: Readonly<Record<PaperLine['size'], number>> = { normal: 0x00, tall: 0x01, large: 0x11 };
const QR_CELL_DOTS: Readonly<Record<Paper['columns'], number>> = { 32: 4, 42: 5, 48: 5 };

/** GS r 1: paper status, answered in its turn and not at once. */
const IN_ORDER_QUESTION = Buffer.from([0x1d, 0x72, 0x01]);

/** How a slip is laid out for a printer with that page, or without one. */
export function arabicAs(arabicPage: number | null): ArabicAs {
  return arabicPage === null ? 'pictures' : 'letters';
}

/** GS ( H function 48: asks for these four characters back when everything before them is printed. */
export function processIdRequest(id: string): Uint8Array {
  assert(/^[\x21-\x7e]{4}$/u.test(id), 'a process id is four visible ASCII characters');
  return Buffer.concat([Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]), Buffer.from(id, 'ascii')]);
}

/**
 * A slip as bytes for an ESC/POS printer. The encoder library only builds bytes here: it opens nothing and
 * sends nothing. ESC @ comes first and the code page after it, since ESC @ resets the page.
 */
export function encodeSlip(paper: Paper, options: SlipOptions): Uint8Array {
  assert(options.cutFeedLines >= 0 && options.cutFeedLines <= 20, 'feed before the cut is 0 to 20 lines');
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    interface: '',
    width: paper.columns,
    breakLine: BreakLine.NONE,
  });
  if (options.afterBreak) partFromTorn(printer, options);
  printer.append(INITIALIZE);
  printer.setCharacterSet(CHARACTER_SETS[options.codePage]);
  if (options.logo) addLogo(printer, options.logo);
  for (const line of paper.lines) addLine(printer, line, options);
  setSize(printer, 'normal');
  printer.bold(false);
  printer.alignCenter();
  for (const code of paper.codes) addQr(printer, code, paper.columns);
  printer.alignLeft();
  cut(printer, options);
  if (options.asksInOrder === true) printer.append(IN_ORDER_QUESTION);
  if (options.processId !== null) printer.append(Buffer.from(processIdRequest(options.processId)));
  return new Uint8Array(printer.getBuffer());
}

/** Ends the command that the slip before broke off in, and cuts what of it is on paper away. */
function partFromTorn(printer: ThermalPrinter, options: SlipOptions): void {
  printer.append(FLUSH);
  printer.append(INITIALIZE);
  cut(printer, options);
}

function setSize(printer: ThermalPrinter, size: PaperLine['size']): void {
  printer.append(Buffer.from([0x1d, 0x21, SIZES[size]]));
}

function addLine(printer: ThermalPrinter, line: PaperLine, options: SlipOptions): void {
  if (line.align === 'center') printer.alignCenter();
  else printer.alignLeft();
  setSize(printer, line.size);
  printer.bold(line.bold);
  if (line.parts === undefined) {
    printer.println(line.text);
    return;
  }
  for (const part of line.parts) {
    if (part.words) addWords(printer, part, line.bold, options);
    else printer.print(part.text);
  }
  printer.newLine();
}

/** Arabic words by the printer's page where it has every letter and the line has a column for each, else painted. */
function addWords(printer: ThermalPrinter, part: PaperPart, bold: boolean, options: SlipOptions): void {
  const { codePage, arabicPage = null } = options;
  const bytes = arabicPageBytes(part.text);
  if (arabicPage === null || bytes?.length !== part.columns) {
    printer.append(Buffer.from(arabicImage(part.text, part.columns, bold)));
    return;
  }
  printer.append(Buffer.from([0x1b, 0x74, arabicPage, ...bytes]));
  printer.setCharacterSet(CHARACTER_SETS[codePage]);
}

function addLogo(printer: ThermalPrinter, logo: Uint8Array): void {
  printer.alignCenter();
  printer.append(Buffer.from(logo));
  printer.newLine();
}

function addQr(printer: ThermalPrinter, { caption, text }: PaperCode, columns: Paper['columns']): void {
  // The library counts characters where the command wants bytes: the same only in ASCII.
  assert(/^[\x20-\x7e]{1,1000}$/u.test(text), 'a code on a slip is printable ASCII');
  printer.newLine();
  if (caption !== null) printer.println(caption);
  printer.printQR(text, { cellSize: QR_CELL_DOTS[columns], correction: 'M', model: 2 });
  printer.newLine();
}

function cut(printer: ThermalPrinter, options: SlipOptions): void {
  if (options.cutFeedLines > 0) printer.append(Buffer.from([0x1b, 0x64, options.cutFeedLines]));
  // The library's own feed before a cut is two times four lines; ours is the line above.
  if (options.cut === 'full') printer.cut({ verticalTabAmount: 0 });
  else if (options.cut === 'partial') printer.partialCut({ verticalTabAmount: 0 });
}
