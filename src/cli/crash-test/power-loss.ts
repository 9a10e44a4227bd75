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
import { openWriter } from '../../main/store/index.ts';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bindingFromEnvironment } from '../open.ts';
import { TracedDisk, type Kept } from './images.ts';
import { addFindings, checkLedger, NOTHING_FOUND, type Findings } from './invariants.ts';
import { runTill, type Told } from './till-process.ts';
import { readTrace, straceWords, type TracedOp } from './trace.ts';

/** A selling till as strace saw it: what its folder held before, and every step from there. */
export type TracedSales = {
  readonly start: ReadonlyMap<string, Buffer>;
  readonly ops: readonly TracedOp[];
};

export type TraceOptions = {
  /** A folder that a till has opened and closed before; it is sold from. */
  readonly folder: string;
  readonly seed: number;
  readonly sales: number;
  readonly printer?: string | undefined;
  readonly pauseMs?: number;
  readonly patient?: boolean;
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
    const run = await runTill({ ...options, folder, under: straceWords(traceFile) });
    if (!run.finished)
      throw new Error(`the traced till did not finish: ${run.refused.join()} ${run.complaints}`);
    return { start, ops: await readTrace(traceFile, folder) };
  } finally {
    rmSync(traceFile, { force: true });
  }
}

const LEDGER_FILES = ['ledger.db', 'ledger.db-wal'];
/** Of ten images, what each keeps of the unsynced writes. */
const KEPT: readonly Kept[] = ['nothing', 'everything', ...Array.from({ length: 8 }, () => 'some' as const)];

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
};

/**
 * Cuts the power at seeded moments of a trace and reopens what the disk may have kept: everything synced, and
 * some pieces of the rest. `workFolder` should be on a fast disk; the shared-memory file is never kept.
 */
export function checkImages(
  traced: TracedSales,
  images: number,
  seed: number,
  workFolder: string,
): ImageResult {
  const random = seededRandom(seed);
  const moments = Array.from({ length: images }, () => Math.floor(random() * (traced.ops.length + 1)));
  const disk = new TracedDisk(traced.start);
  let played = 0;
  let result: ImageResult = {
    ...NOTHING_FOUND,
    images,
    unreadable: 0,
    lossy: 0,
    acknowledged: 0,
    unsynced: 0,
  };
  mkdirSync(workFolder, { recursive: true });
  const folder = mkdtempSync(path.join(workFolder, 'image-'));
  try {
    for (const [index, moment] of moments.sort((a, b) => a - b).entries()) {
      for (; played < moment; played += 1) disk.play(traced.ops[played]!);
      const told = toldIn(disk.said);
      const kept = KEPT[index % KEPT.length]!;
      const found = checkImage(folder, disk.image(LEDGER_FILES, kept, random), told);
      const where = `image ${index} of seed ${seed}, ${kept} kept after step ${moment}`;
      result = {
        ...result,
        ...addFindings(result, { ...found, broken: found.broken.map((each) => `${where}: ${each}`) }),
        unreadable: result.unreadable + (found.readable ? 0 : 1),
        lossy: result.lossy + (found.lost > 0 ? 1 : 0),
        acknowledged: result.acknowledged + told.length,
        unsynced: result.unsynced + (disk.unsynced(LEDGER_FILES) > 0 ? 1 : 0),
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

function checkImage(
  folder: string,
  image: ReadonlyMap<string, Buffer>,
  told: readonly Told[],
): Findings & { readonly readable: boolean } {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, content] of image) writeFileSync(path.join(folder, name), content);
  const unreadable = (reason: string): Findings & { readable: boolean } => ({
    ...NOTHING_FOUND,
    lost: told.length,
    broken: [reason],
    readable: false,
  });
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'), bindingFromEnvironment());
  if (!opened.ok) return unreadable(JSON.stringify(opened.error));
  try {
    return { ...checkLedger(opened.value, told), readable: true };
  } catch (error) {
    return unreadable(String(error));
  } finally {
    opened.value.close();
  }
}
