import { createServer, type Server, type Socket } from 'node:net';
import type { Fault } from './faults.ts';
import { Interpreter, type Action, type RollCode, type RollLine } from './interpreter.ts';
import { realTimeScanner, type RealTime } from './real-time.ts';

/** What hangs from the printer between two cuts. */
export type SimulatedSlip = {
  readonly lines: readonly RollLine[];
  readonly qr: readonly RollCode[];
  readonly cut: 'full' | 'partial';
  readonly errors: readonly string[];
  /** When its first line came out, and when it was cut: milliseconds of performance.now(). */
  readonly startedMs: number;
  readonly endedMs: number;
};

export type PrinterEvent =
  | { readonly event: 'slip'; readonly slip: SimulatedSlip }
  | { readonly event: 'error'; readonly message: string }
  | { readonly event: 'drawer'; readonly pin: number }
  | { readonly event: 'cleared' }
  | { readonly event: 'connected'; readonly fault: Fault };

export type SimulatorOptions = {
  readonly columns: number;
  /** What it answers: process ids and status, status at once and in order, status at once only, or nothing. */
  readonly level: 'process-id' | 'in-order' | 'status' | 'write-only';
  /** How long a line of paper takes; 0 for at once. */
  readonly lineMs: number;
  /** What goes wrong on the next connection. */
  readonly nextFault?: () => Fault;
  readonly onEvent: (event: PrinterEvent) => void;
  /** Each line as it comes out, with the milliseconds of performance.now(). */
  readonly onLine?: (line: RollLine, atMs: number) => void;
};

type OpenSlip = { lines: RollLine[]; qr: RollCode[]; errors: string[]; startedMs: number };

const emptySlip = (): OpenSlip => ({ lines: [], qr: [], errors: [], startedMs: 0 });

/** DLE EOT 1 to 4, with which a careful client begins; faults wait for more than that. */
const STATUS_ROUND_BYTES = 12;

/** The longest lateness of a timer that is made up for. */
const CATCH_UP_MS = 100;

/** A receipt printer with a real socket, a roll, a cover and a knife, all of which can fail. */
export class PrinterSimulator {
  readonly #options: SimulatorOptions;
  readonly #server: Server;
  readonly #interpreter: Interpreter;
  readonly #queue: Socket[] = [];
  readonly #sockets = new Set<Socket>();
  #client: Socket | undefined;
  #fault: Fault = { kind: 'none' };
  #scan = realTimeScanner();
  #received = 0;
  #linesHere = 0;
  #struck = false;
  #paper: 'enough' | 'near-end' | 'out' = 'enough';
  #coverOpen = false;
  #cutterJam = false;
  #asb = 0;
  #slip = emptySlip();
  #pumping = false;
  /** When the line that is coming out will be out; null while none is. */
  #dueMs: number | null = null;
  #timers = new Set<NodeJS.Timeout>();

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#interpreter = new Interpreter(options.columns);
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#arrive(socket),
    );
  }

  /** Listens on the port (0: any free one) of this machine alone; resolves to the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** A new roll, a closed cover and a free knife: what a person does about each. */
  mend(): void {
    this.#paper = 'enough';
    this.#coverOpen = false;
    this.#cutterJam = false;
    this.#statusChanged();
    this.#pump();
  }

  /** Off and on: every connection is cut, what was received is forgotten, what is on paper stays there. */
  powerCycle(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#interpreter.clear();
    this.#asb = 0;
    this.mend();
  }

  setPaper(paper: 'enough' | 'near-end' | 'out'): void {
    this.#paper = paper;
    this.#statusChanged();
    this.#pump();
  }

  setCover(open: boolean): void {
    this.#coverOpen = open;
    this.#statusChanged();
    this.#pump();
  }

  /** Lines of the slip that is not cut yet. */
  get unfinished(): readonly RollLine[] {
    return this.#slip.lines;
  }

  #arrive(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (socket === this.#client) this.#serveNext();
      else this.#queue.splice(this.#queue.indexOf(socket) >>> 0, 1);
    });
    this.#queue.push(socket);
    if (!this.#client) this.#serveNext();
  }

  /** One connection at a time, as port 9100 has it: the others wait. */
  #serveNext(): void {
    const socket = this.#queue.shift();
    this.#client = socket;
    if (!socket) return;
    this.#fault = this.#options.nextFault?.() ?? { kind: 'none' };
    this.#received = 0;
    this.#linesHere = 0;
    this.#struck = false;
    this.#scan = realTimeScanner();
    this.#options.onEvent({ event: 'connected', fault: this.#fault });
    if (this.#fault.kind === 'never-reads') return;
    const serve = (): void => {
      socket.on('data', (bytes: Buffer) => this.#receive(socket, bytes));
      socket.on('end', () => socket.end());
      socket.resume();
    };
    if (this.#fault.kind === 'second-client') this.#later(this.#fault.holdMs, serve);
    else serve();
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  #receive(socket: Socket, bytes: Buffer): void {
    for (const byte of bytes) {
      if (this.#breaks(socket)) break;
      this.#received += 1;
      this.#interpreter.push([byte]);
      const command = this.#scan(byte);
      if (command) this.#realTime(command);
    }
    this.#pump();
  }

  /** True when the connection's fault strikes before the next byte. */
  #breaks(socket: Socket): boolean {
    const fault = this.#fault;
    if (!('afterBytes' in fault) || this.#received < fault.afterBytes) return false;
    if (fault.kind === 'reset') socket.resetAndDestroy();
    else socket.pause();
    if (fault.kind === 'half-close') socket.end();
    return true;
  }

  #realTime(command: RealTime): void {
    if (this.#options.level === 'write-only') return;
    if (command.kind === 'status') this.#reply([this.#statusByte(command.n)]);
    else if (command.kind === 'drawer') this.#options.onEvent({ event: 'drawer', pin: command.pin });
    else if (command.kind === 'clear-buffers') {
      this.#interpreter.clear();
      this.#options.onEvent({ event: 'cleared' });
    } else if (command.clears) {
      this.#cutterJam = false;
      this.#interpreter.clear();
    } else this.#cutterJam = false;
  }

  #reply(bytes: readonly number[]): void {
    if (this.#client?.writable) this.#client.write(Uint8Array.from(bytes));
  }

  get #offline(): boolean {
    return this.#paper === 'out' || this.#coverOpen || this.#cutterJam;
  }

  #statusByte(n: number): number {
    const near = this.#paper === 'enough' ? 0 : 0x0c;
    const out = this.#paper === 'out';
    switch (n) {
      case 1:
        return 0x12 | (this.#offline ? 0x08 : 0);
      case 2:
        return 0x12 | (this.#coverOpen ? 0x04 : 0) | (out ? 0x20 : 0) | (this.#cutterJam ? 0x40 : 0);
      case 3:
        return 0x12 | (this.#cutterJam ? 0x08 : 0);
      default:
        return 0x12 | near | (out ? 0x60 : 0);
    }
  }

  #statusChanged(): void {
    if (this.#asb === 0 || this.#options.level === 'write-only') return;
    const paper = this.#paper === 'out' ? 0x0f : this.#paper === 'near-end' ? 0x03 : 0;
    const first = 0x10 | (this.#offline ? 0x08 : 0) | (this.#coverOpen ? 0x20 : 0);
    this.#reply([first, this.#cutterJam ? 0x08 : 0, paper, 0x0f]);
  }

  /** Prints what was received, a line at a time, until something is missing. */
  #pump(): void {
    if (this.#pumping) return;
    for (;;) {
      if (!this.#offline) this.#strike();
      const action = this.#offline ? undefined : this.#interpreter.next();
      if (!action) {
        this.#dueMs = null;
        return;
      }
      const ms = this.#perform(action);
      if (ms <= 0) continue;
      // A machine that is busy elsewhere makes no printer slower: what is overdue comes out at once.
      const now = performance.now();
      this.#dueMs = Math.max(this.#dueMs ?? now, now - CATCH_UP_MS) + ms;
      const wait = this.#dueMs - now;
      if (wait <= 0) continue;
      this.#pumping = true;
      this.#later(wait, () => {
        this.#pumping = false;
        this.#pump();
      });
      return;
    }
  }

  /** Paper or cover fail once their line is reached; a person mends them later, or nobody does. */
  #strike(): void {
    const fault = this.#fault;
    if (this.#struck || !('afterLines' in fault) || this.#linesHere < fault.afterLines) return;
    if (this.#received <= STATUS_ROUND_BYTES) return;
    this.#struck = true;
    if (fault.kind === 'paper-out') this.setPaper('out');
    else this.setCover(true);
    if (fault.mendMs !== null) this.#later(fault.mendMs, () => this.mend());
  }

  /** Does it, and says how long that takes. */
  #perform(action: Action): number {
    const lineMs = this.#fault.kind === 'slow' ? this.#fault.lineMs : this.#options.lineMs;
    switch (action.kind) {
      case 'line':
        if (this.#slip.lines.length === 0) this.#slip.startedMs = performance.now();
        this.#slip.lines.push(action.line);
        this.#options.onLine?.(action.line, performance.now());
        this.#linesHere += 1;
        return lineMs * action.line.height;
      case 'feed':
        return lineMs * action.lines;
      case 'qr':
        this.#slip.qr.push({ text: action.text, line: this.#slip.lines.length });
        return lineMs;
      case 'cut':
        return this.#cut(action.how);
      case 'drawer':
        this.#options.onEvent({ event: 'drawer', pin: action.pin });
        return 0;
      case 'process-id':
        this.#echo(action.id);
        return 0;
      case 'automatic-status':
        this.#asb = action.mask;
        this.#statusChanged();
        return 0;
      case 'paper-status':
        this.#answerInOrder();
        return 0;
      case 'error':
        this.#slip.errors.push(action.message);
        this.#options.onEvent({ event: 'error', message: action.message });
        return 0;
      default:
        return 0;
    }
  }

  #answerInOrder(): void {
    const { level } = this.#options;
    if (level === 'process-id' || level === 'in-order') this.#reply([this.#paper === 'enough' ? 0 : 3]);
  }

  #echo(id: string): void {
    if (this.#options.level !== 'process-id') return;
    this.#reply([0x37, 0x22, ...Array.from(id, (each) => each.charCodeAt(0)), 0]);
  }

  #cut(how: 'full' | 'partial'): number {
    const slip = this.#slip;
    this.#slip = emptySlip();
    if (slip.lines.length > 0 || slip.qr.length > 0 || slip.errors.length > 0) {
      this.#options.onEvent({ event: 'slip', slip: { ...slip, cut: how, endedMs: performance.now() } });
    }
    if (this.#fault.kind === 'cutter-jam') {
      this.#cutterJam = true;
      const { mendMs } = this.#fault;
      this.#fault = { kind: 'none' };
      this.#statusChanged();
      if (mendMs !== null) this.#later(mendMs, () => this.mend());
    }
    return 0;
  }
}
