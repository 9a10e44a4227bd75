import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { err, ok, type Result } from '../../units/index.ts';
import type { PaperColumns } from '../../receipt/index.ts';

/** Dots across the paper that the columns of font A stand on, twelve dots each. */
const DOTS_A_COLUMN = 12;
/** About 5 cm; a taller picture is more than some printers take in one command. */
const MOST_DOTS_HIGH = 400;
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** GS v 0 m, and two bytes each for width and height. */
const HEAD_BYTES = 8;
const DLE = 0x10;
/** What would make a real-time command of a DLE in the picture: status, recovery, drawer or clearing. */
const REAL_TIME = new Set([0x04, 0x05, 0x14]);

export type LogoFault = {
  readonly code: 'logo-unreadable' | 'logo-too-large';
  readonly params: Readonly<Record<string, number>>;
};

export type Logo = {
  /** GS v 0 with the picture, ready for the beginning of a slip. */
  readonly bytes: Uint8Array;
  readonly widthDots: number;
  readonly heightDots: number;
};

/**
 * A PNG as the raster command of a slip, made once: doing it for every slip takes longer than the slip. Dark dots
 * print. Bytes that a printer would obey as real-time commands in the middle of the picture get one more dot.
 */
export async function encodeLogo(png: Uint8Array, columns: PaperColumns): Promise<Result<Logo, LogoFault>> {
  if (!PNG_HEAD.every((byte, at) => png[at] === byte)) return err({ code: 'logo-unreadable', params: {} });
  // The size stands at the head of every PNG: a huge one is refused before it is unpacked.
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 24) return err({ code: 'logo-unreadable', params: {} });
  const widthDots = view.getUint32(16);
  const heightDots = view.getUint32(20);
  const mostWide = columns * DOTS_A_COLUMN;
  if (widthDots > mostWide || heightDots > MOST_DOTS_HIGH) {
    const params = { widthDots, heightDots, mostWide, mostHigh: MOST_DOTS_HIGH };
    return err({ code: 'logo-too-large', params });
  }
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  try {
    await printer.printImageBuffer(Buffer.from(png));
  } catch {
    return err({ code: 'logo-unreadable', params: {} });
  }
  const bytes = new Uint8Array(printer.getBuffer());
  disarm(bytes, HEAD_BYTES);
  return ok({ bytes, widthDots, heightDots });
}

function disarm(bytes: Uint8Array, from: number): void {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === DLE && REAL_TIME.has(bytes[at + 1] ?? 0)) bytes[at] = DLE | 0x20;
  }
}
