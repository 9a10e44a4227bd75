import path from 'node:path';
import { createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  createKeyFile,
  openKeyFile,
  secureNibble,
  TRAINING_KEYS,
  type SecureModule,
} from '../../main/secure-module/index.ts';
import { seededRandom } from '../../simulators/printer/index.ts';
import { unixMs } from '../../units/index.ts';
import { onLines, type ModuleCall } from './module-link.ts';

/**
 * A secure module as a process of its own, so that a till can die between a token's making and its answer. One
 * JSON line a call over a local socket. Standard output: `listening <port>`, then `issued <message> <token time> <digits>` for each
 * token, before its answer goes out. With `--fault-seed` it is slow at moments and now and then loses an answer.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string', default: '' }, 'fault-seed': { type: 'string' } },
});

const SLOWEST_MS = 6;
const LOST_ANSWERS = 0.04;
const PASSPHRASE = 'training';

const faultSeed = values['fault-seed'];
const random = faultSeed === undefined ? undefined : seededRandom(Number(faultSeed));
const module = await openModule();

async function openModule(): Promise<SecureModule> {
  const file = path.join(values.folder, 'keys.json');
  const made = await createKeyFile(file, PASSPHRASE, 'training', TRAINING_KEYS);
  if (!made.ok) throw new Error(made.error.code);
  const clock = { nowUnixMs: () => unixMs(Date.now()), randomNibble: secureNibble };
  const opened = await openKeyFile(file, PASSPHRASE, 'training', clock);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function pause(): Promise<void> {
  if (random) await setTimeout(random() * SLOWEST_MS);
}

/** The answer of a call, or undefined when it gets lost on its way. */
async function answer({ call, input }: ModuleCall): Promise<unknown> {
  if (call === 'listKeys') return module.listKeys();
  if (call === 'verify') return module.verify(input.digits, input.meter);
  await pause();
  const issued =
    call === 'issueManagement' ? await module.issueManagement(input) : await module.issueCredit(input);
  if (issued.ok) {
    for (const { digits, tokenTime } of issued.value.tokens)
      process.stdout.write(`issued ${input.messageId} ${tokenTime?.tid ?? ''} ${digits}\n`);
  }
  await pause();
  return random !== undefined && random() < LOST_ANSWERS ? undefined : issued;
}

function serve(socket: Socket): void {
  // A till that was killed leaves its line reset.
  socket.on('error', () => socket.destroy());
  onLines(socket, (line) => {
    const asked = JSON.parse(line) as ModuleCall;
    void answer(asked).then((result) => {
      if (result !== undefined && socket.writable)
        socket.write(`${JSON.stringify({ id: asked.id, result })}\n`);
    });
  });
}

const server = createServer(serve).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the module has no port');
  process.stdout.write(`listening ${address.port}\n`);
});
process.stdin.on('end', () => process.exit()).resume();
