import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { LINE_FAULTS, seededFaults } from './faults.ts';
import { Sts6Simulator } from './module.ts';
import { Sts6Server } from './server.ts';
import { PUBLISHED_TEST_KEYS } from './training-keys.ts';

/**
 * The module as a process of its own, on a TCP port. With `--json` it says `{"event":"listening","port":…}`; a
 * serial line to it is `socat PTY,link=PATH,raw,echo=0 TCP:127.0.0.1:PORT`. On standard input one word a line is
 * done to it: `unplug`, `lose` (the line of the next token command, before its answer), `tamper`, `fail`,
 * `power-cycle`, `stop`; its end is a `stop` too.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    id: { type: 'string', default: 'VSM-SIM-0001' },
    'service-ms': { type: 'string', default: '0' },
    'late-ms': { type: 'string', default: '8000' },
    transactions: { type: 'string', default: '1000000' },
    'fault-seed': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const [port, serviceMs, lateMs, transactions] = [
  values.port,
  values['service-ms'],
  values['late-ms'],
  values.transactions,
].map(Number);
const inRange = [serviceMs, lateMs, transactions].every((value) => value !== undefined && value >= 0);
if (port === undefined || !(port >= 0 && port < 65_536) || !inRange) {
  process.stderr.write('--port is 0 to 65535; --service-ms, --late-ms and --transactions are 0 or more\n');
  process.exit(2);
}

const module = new Sts6Simulator({
  moduleId: values.id,
  keys: PUBLISHED_TEST_KEYS,
  capacity: 20,
  nowUnixMs: Date.now,
  windowMs: 2 * 86_400_000,
  transactions: transactions!,
});
const seed = values['fault-seed'];
const byChance =
  seed === undefined
    ? () => 'none' as const
    : seededFaults(
        Number(seed),
        LINE_FAULTS.filter((fault) => fault !== 'none'),
      );
let losesNext = false;
const server = new Sts6Server(module, {
  serviceMs: { token: serviceMs!, other: 0 },
  lateMs: lateMs!,
  nextFault: (command) => {
    if (!losesNext || command !== 'VC') return byChance();
    losesNext = false;
    return 'unplug-after';
  },
});
const listening = await server.listen(port);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ event: 'listening', port: listening })}\n`
    : `module ${values.id} on 127.0.0.1:${listening}\n`,
);

const stop = (): void => void server.close().then(() => process.exit(0));
const deeds: Readonly<Record<string, () => void>> = {
  unplug: () => server.unplug(),
  lose: () => {
    losesNext = true;
  },
  tamper: () => module.tamper(),
  fail: () => module.fail(),
  'power-cycle': () => module.powerCycle(),
  stop,
};
createInterface({ input: process.stdin })
  .on('line', (word) => deeds[word.trim()]?.())
  .on('close', stop);
