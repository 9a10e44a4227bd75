import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type {
  Answer,
  CreditRequest,
  IssuedTokens,
  ManagementRequest,
  SecureModule,
} from '../../main/secure-module/index.ts';
import { openStation } from '../../main/station/index.ts';
import { openWriter } from '../../main/store/index.ts';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bindingFromEnvironment } from '../open.ts';
import type { Devices } from './devices.ts';
import { TracedDisk, type Kept } from './images.ts';
import {
  addFindings,
  checkLedger,
  isClean,
  NOTHING_FOUND,
  openForAPerson,
  type Findings,
} from './invariants.ts';
import { checkIssued, type Issued, type ModuleProcess } from './issued.ts';
import { lastEntryUnixMs } from './ledger-file.ts';
import { linkedModule } from './module-link.ts';
import { runTill, type Told } from './till-process.ts';
import { readTrace, straceWords, type TracedOp } from './trace.ts';

/** A selling till as strace saw it: what its folder held before, and every step from there. */
export type TracedSales = {
  readonly start: ReadonlyMap<string, Buffer>;
  readonly ops: readonly TracedOp[];
  /** What the module made for it; undefined where the module was inside the till. */
  readonly issued: Issued | undefined;
};

export type TraceOptions = {
  /** A folder that a till has opened and closed before; it is sold from. */
  readonly folder: string;
  readonly seed: number;
  readonly sales: number;
  /** Every tender, baskets and other tokens too; plain sales for cash when left out. */
  readonly mixed?: boolean;
  /** Processes of their own; without them the till has the module inside it and no printer. */
  readonly devices?: Devices | undefined;
  readonly pauseMs?: number;
  readonly patient?: boolean;
  readonly restEvery?: number;
  /** For the controls: what makes the till's commits weak. */
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Lets a till sell under strace, to its end. Throws when it did not sell. */
export async function traceSales(options: TraceOptions): Promise<TracedSales> {
  const folder = realpathSync(options.folder);
  const start = new Map(
    readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))] as const),
  );
  const traceFile = `${folder}.trace`;
  try {
    const { devices, ...selling } = options;
    const [module, printer] = [devices?.module?.port, devices?.printer.address];
    const under = straceWords(traceFile);
    const run = await runTill({ ...selling, folder, module, printer, under });
    if (!run.finished)
      throw new Error(`the traced till did not finish: ${run.refused.join()} ${run.complaints}`);
    const ops = await readTrace(traceFile, folder);
    return { start, ops, issued: devices && new Map(devices.issued) };
  } finally {
    rmSync(traceFile, { force: true });
  }
}

const LEDGER_FILES = ['ledger.db', 'ledger.db-wal'];
/** Of ten images, what each keeps of the unsynced writes. */
const KEPT: readonly Kept[] = ['nothing', 'everything', ...Array.from({ length: 8 }, () => 'some' as const)];
/** From one image in so many a station is started: of those with an open sale, which it has to settle, and of the rest. */
const IMAGES_A_START = { open: 25, settled: 250 };

export type ImageResult = Findings & {
  readonly images: number;
  /** Images that could not be opened or verified. */
  readonly unreadable: number;
  /** Images that lack a sale which a cashier had been told of. */
  readonly lossy: number;
  /** Sales that cashiers had been told of, summed over the images. */
  readonly acknowledged: number;
  /** Images taken while something written was not yet synced. */
  readonly unsynced: number;
  /** Images from which a station was started, and sales that it then settled. */
  readonly started: number;
  readonly settled: number;
  /** Sales that were still open when such a station had started. */
  readonly openForAPerson: number;
  /** How often the log was begun anew between the first sale that was told and the last. */
  readonly logRestarts: number;
};

const NO_IMAGES: ImageResult = {
  ...NOTHING_FOUND,
  images: 0,
  unreadable: 0,
  lossy: 0,
  acknowledged: 0,
  unsynced: 0,
  started: 0,
  settled: 0,
  openForAPerson: 0,
  logRestarts: 0,
};

/** What is known from outside of the moment of a power cut. */
type Moment = {
  readonly told: readonly Told[];
  /** What the module had been asked for by then, and made of it sooner or later; undefined when it was in the till. */
  readonly asked: Issued | undefined;
};

/**
 * Cuts the power at seeded moments of a trace and reopens what the disk may have kept: everything synced, and
 * some pieces of the rest. With a module, stations are started from some of the disks. `workFolder` should be on a fast
 * disk; the shared-memory file is never kept.
 */
export async function checkImages(
  traced: TracedSales,
  images: number,
  seed: number,
  workFolder: string,
  module?: ModuleProcess,
): Promise<ImageResult> {
  const random = seededRandom(seed);
  const moments = Array.from({ length: images }, () => Math.floor(random() * (traced.ops.length + 1)));
  const disk = new TracedDisk(traced.start);
  const seen = { open: 0, settled: 0 };
  let played = 0;
  let result: ImageResult = { ...NO_IMAGES, images, logRestarts: logRestarts(traced.ops) };
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(path.join(workFolder, 'image-'));
  try {
    for (const [index, at] of moments.sort((a, b) => a - b).entries()) {
      for (; played < at; played += 1) disk.play(traced.ops[played]!);
      const moment = { told: toldIn(disk.said), asked: traced.issued && askedIn(disk.said, traced.issued) };
      const kept = KEPT[index % KEPT.length]!;
      const image = disk.image(disk.names, kept, random);
      const found = checkImage(folder, image, moment);
      const state = found.open > 0 ? 'open' : 'settled';
      const starts = module !== undefined && isClean(found) && seen[state]++ % IMAGES_A_START[state] === 0;
      const after = starts ? await startFrom(folder, image, module.port, moment) : NOT_STARTED;
      const all = addFindings(found, after);
      const where = `image ${index} of seed ${seed}, ${kept} kept after step ${at}`;
      result = {
        ...result,
        ...addFindings(result, { ...all, broken: all.broken.map((each) => `${where}: ${each}`) }),
        unreadable: result.unreadable + (found.readable ? 0 : 1),
        lossy: result.lossy + (found.lost > 0 ? 1 : 0),
        acknowledged: result.acknowledged + moment.told.length,
        unsynced: result.unsynced + (disk.unsynced(LEDGER_FILES) > 0 ? 1 : 0),
        started: result.started + (starts ? 1 : 0),
        settled: result.settled + (starts ? found.open - after.openForAPerson : 0),
        openForAPerson: result.openForAPerson + after.openForAPerson,
      };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

function toldIn(said: readonly string[]): readonly Told[] {
  return said.flatMap((line) => {
    const [word, saleId = '', receiptNumber = '', token = ''] = line.split(' ');
    return word === 'told' ? [{ saleId, receiptNumber, token }] : [];
  });
}

/** A till says which message it is about to ask for: from then on there may be a token, and has to be a sale. */
function askedIn(said: readonly string[], issued: Issued): Issued {
  return new Map(
    said.flatMap((line) => {
      const [word, messageId = ''] = line.split(' ');
      return word === 'asked' ? [[messageId, issued.get(messageId) ?? []] as const] : [];
    }),
  );
}

/** A log's header stands at its beginning; the log that the first sale wrote was begun by that sale. */
function logRestarts(ops: readonly TracedOp[]): number {
  const isTold = (op: TracedOp): boolean => op.op === 'said' && op.line.startsWith('told');
  const [first, last] = [ops.findIndex(isTold), ops.findLastIndex(isTold)];
  return ops
    .slice(first, last)
    .filter((op) => op.op === 'write' && op.file === 'ledger.db-wal' && op.offset === 0).length;
}

function writeImage(folder: string, image: ReadonlyMap<string, Buffer>, names: Iterable<string>): void {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  for (const name of names) {
    const content = image.get(name);
    if (content) writeFileSync(path.join(folder, name), content);
  }
}

function checkImage(
  folder: string,
  image: ReadonlyMap<string, Buffer>,
  { told, asked }: Moment,
): Findings & { readonly readable: boolean; readonly open: number } {
  writeImage(folder, image, LEDGER_FILES);
  const unreadable = (reason: string): ReturnType<typeof checkImage> => ({
    ...NOTHING_FOUND,
    lost: told.length,
    broken: [reason],
    readable: false,
    open: 0,
  });
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'), bindingFromEnvironment());
  if (!opened.ok) return unreadable(JSON.stringify(opened.error));
  const ledger = opened.value;
  try {
    const found = addFindings(checkLedger(ledger, told), asked ? checkIssued(ledger, asked) : NOTHING_FOUND);
    return { ...found, readable: true, open: openForAPerson(ledger) };
  } catch (error) {
    return unreadable(String(error));
  } finally {
    ledger.close();
  }
}

type Started = Findings & { readonly openForAPerson: number };

const NOT_STARTED: Started = { ...NOTHING_FOUND, openForAPerson: 0 };

/** Starts a station from a disk after a power cut, and holds its books against everything again. */
async function startFrom(
  folder: string,
  image: ReadonlyMap<string, Buffer>,
  port: number,
  { told, asked }: Moment,
): Promise<Started> {
  writeImage(folder, image, image.keys());
  const issued: Issued = new Map(asked);
  const nowUnixMs = lastEntryUnixMs(folder) + 60_000;
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    now: () => nowUnixMs,
    random: (bytes) => randomBytes(bytes),
    module: noted(linkedModule(port), issued),
    ...bindingFromEnvironment(),
  });
  if (!opened.ok) return { ...NOT_STARTED, broken: [`no station starts: ${JSON.stringify(opened.error)}`] };
  try {
    const { ledger } = opened.value;
    const found = addFindings(checkLedger(ledger, told), checkIssued(ledger, issued));
    return { ...found, openForAPerson: openForAPerson(ledger) };
  } finally {
    await opened.value.close();
  }
}

/** A module of which is noted what it answers. */
function noted(module: SecureModule, issued: Issued): SecureModule {
  const noting =
    <Request extends { readonly messageId: string }>(issue: (request: Request) => Answer<IssuedTokens>) =>
    async (request: Request): Answer<IssuedTokens> => {
      const answer = await issue(request);
      const made = answer.ok ? answer.value.tokens : [];
      const tokens = made.map(({ digits, tokenTime }) => ({
        digits,
        tokenTime: String(tokenTime?.tid ?? ''),
      }));
      issued.set(request.messageId, [...(issued.get(request.messageId) ?? []), ...tokens]);
      return answer;
    };
  return {
    ...module,
    issueCredit: noting((request: CreditRequest) => module.issueCredit(request)),
    issueManagement: noting((request: ManagementRequest) => module.issueManagement(request)),
  };
}
