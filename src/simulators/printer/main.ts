import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { seededFaults } from './faults.ts';
import { PrinterSimulator, type PrinterEvent, type SimulatorOptions } from './printer.ts';
import { rollText } from './roll-text.ts';

/**
 * The printer as a process of its own. With `--json` each event is one line of JSON on standard output, the
 * first of them `{"event":"listening","port":…}`, with `--lines` each line of paper too; `--png FOLDER` paints each slip there. On standard input one word a line is done to it:
 * `paper-out`, `paper-near-end`, `cover-open`, `mend`, `stop`; with `--json` its end is a `stop` too.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9100' },
    columns: { type: 'string', default: '48' },
    level: { type: 'string', default: 'process-id' },
    'line-ms': { type: 'string', default: '0' },
    'fault-seed': { type: 'string' },
    json: { type: 'boolean', default: false },
    lines: { type: 'boolean', default: false },
    png: { type: 'string' },
  },
});

const LEVELS: readonly SimulatorOptions['level'][] = ['process-id', 'in-order', 'status', 'write-only'];
const columns = Number(values.columns);
const level = LEVELS.find((each) => each === values.level);
const port = Number(values.port);
const lineMs = Number(values['line-ms']);
const wrong = [
  !Number.isInteger(port) || port < 0 || port > 65_535 ? '--port is 0 to 65535' : undefined,
  !Number.isInteger(columns) || columns < 16 || columns > 64 ? '--columns is 16 to 64' : undefined,
  level === undefined ? `--level is one of ${LEVELS.join(', ')}` : undefined,
  !Number.isFinite(lineMs) || lineMs < 0 ? '--line-ms is 0 or more' : undefined,
].filter((each) => each !== undefined);

if (level === undefined || wrong.length > 0) {
  process.stderr.write(`${wrong.join('\n')}\n`);
  process.exit(2);
}

type Told =
  | PrinterEvent
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'line'; readonly text: string };

function tell(event: Told): void {
  if (values.json) process.stdout.write(`${JSON.stringify(event)}\n`);
  else if (event.event === 'listening') process.stdout.write(`printer on 127.0.0.1:${event.port}\n`);
  else if (event.event === 'slip') {
    const codes = event.slip.qr.map(({ text }) => `[QR ${text}]\n`).join('');
    process.stdout.write(`${rollText(event.slip.lines, columns)}${codes}${'- '.repeat(columns / 2)}8<\n`);
  } else if (event.event === 'error') process.stderr.write(`${event.message}\n`);
}

// Fonts and the code's painter are loaded by who asks for pictures, and by nobody else.
const paint = values.png === undefined ? undefined : (await import('./paint.ts')).slipPainter(columns);
let slips = 0;
function onEvent(event: PrinterEvent): void {
  tell(event);
  if (event.event !== 'slip' || !paint || values.png === undefined) return;
  slips += 1;
  const file = path.join(values.png, `slip-${String(slips).padStart(4, '0')}.png`);
  writeFileSync(file, paint(event.slip.lines, event.slip.qr));
}

const seed = values['fault-seed'];
const printer = new PrinterSimulator({
  columns,
  level,
  lineMs,
  onEvent,
  ...(values.lines ? { onLine: ({ text }) => tell({ event: 'line', text }) } : {}),
  ...(seed === undefined ? {} : { nextFault: seededFaults(Number(seed)) }),
});
tell({ event: 'listening', port: await printer.listen(port) });

const stop = (): void => void printer.close().then(() => process.exit(0));
const deeds: Readonly<Record<string, () => void>> = {
  'paper-out': () => printer.setPaper('out'),
  'paper-near-end': () => printer.setPaper('near-end'),
  'cover-open': () => printer.setCover(true),
  mend: () => printer.mend(),
  stop,
};
const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => deeds[line.trim()]?.());
// A program that drives it and dies must not leave it behind.
if (values.json) orders.on('close', stop);
