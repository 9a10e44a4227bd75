import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { everyThirdCommand, type CommandFault } from './faults.ts';
import { PrismServer } from './server.ts';
import { PrismService } from './service.ts';
import { TRAINING_VAULT } from './training-vault.ts';
import { Vault } from './vault.ts';

/**
 * The token server as a process of its own, with the published test keys. With `--json` each event is one line of
 * JSON on standard output, the first of them `{"event":"listening","port":…,"fingerprint":…}`. On standard input
 * one word a line is done to it: `tamper`, `cut`, `stop`, or `lose`, which loses the line of the next credit token
 * before that is made; with `--json` its end is a `stop` too.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9443' },
    username: { type: 'string', default: 'till' },
    password: { type: 'string', default: 'training' },
    credit: { type: 'string', default: '100000' },
    cache: { type: 'string', default: '1000' },
    'session-calls': { type: 'string', default: '1000' },
    'fault-seed': { type: 'string' },
    'late-ms': { type: 'string', default: '2000' },
    json: { type: 'boolean', default: false },
  },
});

function tell(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(values.json ? `${JSON.stringify(event)}\n` : `${Object.values(event).join(' ')}\n`);
}

const figures = [values.port, values.credit, values.cache, values['session-calls'], values['late-ms']].map(
  Number,
);
if (figures.some((figure) => !Number.isInteger(figure) || figure < 0)) {
  process.stderr.write('--port, --credit, --cache, --session-calls and --late-ms are whole numbers\n');
  process.exit(2);
}
const [port = 0, credit = 0, cacheSize = 0, sessionCalls = 0, lateMs = 0] = figures;
const seed = values['fault-seed'];

const service = new PrismService({
  vault: new Vault(TRAINING_VAULT),
  username: values.username,
  password: values.password,
  moduleId: 'SIM-PRISM-1',
  now: Date.now,
  credit,
  cacheSize,
  sessionCalls,
  onIssued: (event) => tell({ event: 'issued', ...event }),
});
const seeded = seed === undefined ? undefined : everyThirdCommand(Number(seed), lateMs);
let isLosing = false;
const nextFault = (method: string): CommandFault => {
  if (!isLosing || method !== 'issueCreditToken') return seeded?.() ?? { kind: 'none' };
  isLosing = false;
  return { kind: 'drop-before' };
};
const server = new PrismServer({
  service,
  nextFault,
  onCommand: (method, fault) => tell({ event: 'command', method, fault }),
});
tell({ event: 'listening', port: await server.listen(port), fingerprint: server.identity.fingerprint });

const stop = (): void => void server.close().then(() => process.exit(0));
const deeds: Readonly<Record<string, () => unknown>> = {
  tamper: () => service.tamper(),
  cut: () => server.cut(),
  lose: () => (isLosing = true),
  stop,
};
const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => deeds[line.trim()]?.());
// A program that drives it and dies must not leave it behind.
if (values.json) orders.on('close', stop);
