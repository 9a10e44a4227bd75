/**
 * What ESC/POS printers send back: replies to DLE EOT, automatic status (ASB), flow control and blocks such
 * as the process id. All of it comes mixed on one line, told apart by bits that are fixed in each kind.
 */
export type PrinterSignal =
  /** A reply to DLE EOT; which one, only the order of the questions says. */
  | { readonly kind: 'status-byte'; readonly byte: number }
  | { readonly kind: 'automatic-status'; readonly status: PrinterStatus }
  /** The printer has printed everything before the GS ( H with this id. */
  | { readonly kind: 'process-id'; readonly id: string }
  /** A reply to GS r 1: the printer has come to it, so it has dealt with everything before it. */
  | { readonly kind: 'in-order' };

export type PrinterStatus = {
  readonly online: boolean;
  readonly paper: 'enough' | 'near-end' | 'out';
  readonly coverOpen: boolean;
  readonly cutterJam: boolean;
  /** An error that switching off and on may clear, or nothing may. */
  readonly fault: boolean;
};

/** Longest block taken from a printer before it is held to be noise. */
const MAX_BLOCK = 64;
const BLOCK_START = 0x37;
const PROCESS_ID_BLOCK = 0x22;

const isStatusByte = (byte: number): boolean => (byte & 0x93) === 0x12;
const isAsbFirst = (byte: number): boolean => (byte & 0x93) === 0x10;
/** The fixed bits of a reply to GS r 1; flow control and the other kinds have bit 4 set. */
const isInOrderByte = (byte: number): boolean => (byte & 0x90) === 0x00;
const isText = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
const isAsbRest = (byte: number): boolean => (byte & 0x90) === 0x00;

/** Reads the printer's bytes one at a time, whatever pieces they arrive in. Unknown bytes are dropped. */
export function signalParser(): (bytes: Uint8Array) => readonly PrinterSignal[] {
  let pending: number[] = [];
  const take = (byte: number): PrinterSignal | undefined => {
    if (pending[0] === BLOCK_START) {
      const block = [...pending, byte];
      pending = isText(byte) && block.length <= MAX_BLOCK ? block : [];
      if (byte === 0) return blockSignal(block);
      if (isText(byte)) return undefined;
    } else if (pending.length > 0) {
      if (isAsbRest(byte)) {
        pending.push(byte);
        if (pending.length < 4) return undefined;
        const status = automaticStatus(pending);
        pending = [];
        return { kind: 'automatic-status', status };
      }
      pending = [];
    }
    if (isInOrderByte(byte)) return { kind: 'in-order' };
    if (isStatusByte(byte)) return { kind: 'status-byte', byte };
    if (byte === BLOCK_START || isAsbFirst(byte)) pending = [byte];
    return undefined;
  };
  return (bytes) => Array.from(bytes, take).filter((signal) => signal !== undefined);
}

function blockSignal(block: readonly number[]): PrinterSignal | undefined {
  if (block[1] !== PROCESS_ID_BLOCK) return undefined;
  return { kind: 'process-id', id: String.fromCharCode(...block.slice(2, -1)) };
}

/** The four bytes of GS a, as Epson's reference lays them out. */
function automaticStatus(bytes: readonly number[]): PrinterStatus {
  const [first = 0, second = 0, third = 0] = bytes;
  return {
    online: (first & 0x08) === 0,
    coverOpen: (first & 0x20) !== 0,
    cutterJam: (second & 0x08) !== 0,
    fault: (second & 0x64) !== 0,
    paper: (third & 0x0c) !== 0 ? 'out' : (third & 0x03) !== 0 ? 'near-end' : 'enough',
  };
}

/** The questions of DLE EOT in the order in which `statusFromBytes` takes their answers. */
export const STATUS_QUESTIONS = [1, 2, 3, 4] as const;

/** Puts the answers to DLE EOT 1, 2, 3 and 4 together. */
export function statusFromBytes(answers: readonly number[]): PrinterStatus {
  const [printer = 0, offline = 0, error = 0, paper = 0] = answers;
  const out = (paper & 0x60) !== 0 || (offline & 0x20) !== 0;
  return {
    online: (printer & 0x08) === 0,
    coverOpen: (offline & 0x04) !== 0,
    cutterJam: (error & 0x08) !== 0,
    fault: (error & 0x64) !== 0,
    paper: out ? 'out' : (paper & 0x0c) !== 0 ? 'near-end' : 'enough',
  };
}

/** The one thing that keeps a printer from printing, the most telling first; undefined when nothing does. */
export function blockingCode(
  status: PrinterStatus,
):
  | 'printer-cover-open'
  | 'printer-paper-out'
  | 'printer-cutter'
  | 'printer-fault'
  | 'printer-offline'
  | undefined {
  if (status.coverOpen) return 'printer-cover-open';
  if (status.paper === 'out') return 'printer-paper-out';
  if (status.cutterJam) return 'printer-cutter';
  if (status.fault) return 'printer-fault';
  return status.online ? undefined : 'printer-offline';
}
