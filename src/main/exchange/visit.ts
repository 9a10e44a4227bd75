import {
  ACK_FILES,
  BATCH_FILES,
  batchName,
  ENROLMENT_FILES,
  MANIFEST_LIMIT_BYTES,
  openAck,
  PACKAGE_FILES,
  PAYLOAD_LIMITS,
  PERSONAL_FILES,
  sha256,
  type Ack,
} from '../../batch/index.ts';
import { makeEnrolmentRequest } from '../../batch/index.ts';
import { closeBatch, dropFiles, payloadOf, personalOf, type BuildDeps } from './close-batch.ts';
import { enrolledPart, readEnrolment, standingOf, takeEnrolmentReply, type Enrolment } from './enrolment.ts';
import {
  findBatch,
  lastEvent,
  newestAnswer,
  openBatches,
  unsentRecords,
  writeAnswer,
  writeSent,
} from './outbox.ts';
import { keepInInbox, takePackages, type PackageDeps, type PackageNews } from './take-package.ts';
import type { Transport } from './transport.ts';

export type VisitDeps = BuildDeps &
  PackageDeps & {
    /** Told how many batches went up, of how many that are to go. */
    readonly onProgress?: (sent: number, all: number) => void;
  };

/** What one visit to head office came to. */
export type Visit = {
  readonly sent: number;
  readonly answers: readonly Pick<Ack, 'epoch' | 'number' | 'verdict' | 'expected' | 'reasons'>[];
  readonly packages: readonly PackageNews[];
};

/** A batch that was sent and not answered for this long is sent again. */
const RESEND_MS = 6 * 3_600_000;

/**
 * One visit: takes what came back, closes what is new, sends what is unsettled in its order, and looks once more.
 * `again` sends everything that is unsettled, however lately it was sent. Rejects when the way is cut; nothing is
 * lost by it.
 */
export async function visit(deps: VisitDeps, transport: Transport, again: boolean): Promise<Visit> {
  const first = await receive(deps, transport);
  const enrolment = readEnrolment(deps.folder);
  if (enrolment?.state === 'asked') await sendRequest(deps, transport, enrolment);
  const enrolled = enrolledPart(enrolment);
  if (!enrolled) return { sent: 0, answers: first.answers, packages: [] };
  // What the till has to send goes up whatever becomes of what came down.
  const [taken] = await Promise.allSettled([takePackages(deps, enrolled.headOfficeKey)]);
  let sent = 0;
  if (standingOf(deps.folder, deps.ledger).state === 'enrolled') {
    while (unsentRecords(deps.ledger) > 0) if (!(await closeBatch(deps))) break;
    sent = await sendOpen(deps, transport, again);
  }
  const second = await receive(deps, transport);
  if (taken.status === 'rejected') throw taken.reason;
  return { sent, answers: [...first.answers, ...second.answers], packages: taken.value };
}

async function sendRequest(
  deps: VisitDeps,
  transport: Transport,
  { code, publicKey, epoch }: Extract<Enrolment, { readonly state: 'asked' }>,
): Promise<void> {
  const request = makeEnrolmentRequest(code, { station: deps.stationId, publicKey, epoch });
  await transport.put(
    deps.stationId + ENROLMENT_FILES.request,
    Buffer.from(`${JSON.stringify(request, null, 2)}\n`),
  );
}

async function sendOpen(deps: VisitDeps, transport: Transport, again: boolean): Promise<number> {
  const due = openBatches(deps.ledger).filter(({ batchId }) => {
    const last = lastEvent(deps.ledger, batchId);
    return again || last?.event !== 'sent' || Math.abs(deps.now() - last.atUnixMs) >= RESEND_MS;
  });
  for (const [sent, batch] of due.entries()) {
    deps.onProgress?.(sent, due.length);
    const base = batchName({ station: deps.stationId, ...batch });
    const personal = personalOf(deps, batch);
    if (personal) {
      await transport.put(base + PERSONAL_FILES.signature, personal.signature);
      await transport.put(base + PERSONAL_FILES.values, personal.manifest);
    }
    await transport.put(base + BATCH_FILES.payload, await payloadOf(deps, batch));
    await transport.put(base + BATCH_FILES.signature, batch.signature);
    await transport.put(base + BATCH_FILES.manifest, batch.manifest);
    deps.ledger.transaction((tx) => writeSent(tx, batch.batchId, deps.now()));
  }
  return due.length;
}

type Received = { readonly answers: Visit['answers'] };

/** Fetches whatever lies ready: the reply to an enrolment, answers to batches, packages for the inbox. */
async function receive(deps: VisitDeps, transport: Transport): Promise<Received> {
  const answers: Visit['answers'][number][] = [];
  for (const name of await transport.list()) {
    if (name.endsWith(ENROLMENT_FILES.reply)) await receiveReply(deps, transport, name);
    else if (name.endsWith(ACK_FILES.manifest)) {
      const answer = await receiveAck(deps, transport, name.slice(0, -ACK_FILES.manifest.length));
      if (answer) answers.push(answer);
    }
  }
  await receivePackages(deps, transport);
  return { answers };
}

async function receiveReply(deps: VisitDeps, transport: Transport, name: string): Promise<void> {
  const bytes = await transport.get(name, MANIFEST_LIMIT_BYTES);
  if (readEnrolment(deps.folder)?.state === 'asked') {
    const taken = takeEnrolmentReply({ ...deps, nowUnixMs: deps.now() }, bytes);
    if (!taken.ok) return;
  }
  await transport.remove(name);
}

const SETTLING: ReadonlySet<Ack['verdict']> = new Set(['accepted', 'duplicate']);

/**
 * An answer counts when head office signed it, for these very bytes of ours. One to a batch that is settled says
 * nothing any more, and so does a refusal that is no newer than an answer that was taken: both are only cleared
 * away. Anything else stays where it lies.
 */
async function receiveAck(
  deps: VisitDeps,
  transport: Transport,
  base: string,
): Promise<Visit['answers'][number] | undefined> {
  const enrolled = enrolledPart(readEnrolment(deps.folder));
  if (!enrolled) return undefined;
  const sealed = {
    manifest: await transport.get(base + ACK_FILES.manifest, MANIFEST_LIMIT_BYTES),
    signature: await transport.get(base + ACK_FILES.signature, MANIFEST_LIMIT_BYTES),
  };
  const opened = openAck(sealed, [enrolled.headOfficeKey]);
  if (!opened.ok) return undefined;
  const ack = opened.value.manifest;
  const batch = findBatch(deps.ledger, ack.epoch, ack.number);
  if (ack.station !== deps.stationId || !batch || sha256(batch.manifest) !== ack.manifest) return undefined;
  const settles = SETTLING.has(ack.verdict);
  const open = openBatches(deps.ledger).some(({ batchId }) => batchId === batch.batchId);
  // Played back, an old refusal would have the batch sent again and again.
  const counts = open && (settles || ack.atUnixMs > newestAnswer(deps.ledger, batch.batchId));
  if (counts) {
    deps.ledger.transaction((tx) => writeAnswer(tx, batch.batchId, deps.now(), ack.verdict, sealed));
    if (settles) dropFiles(deps, batch);
  }
  await transport.remove(base + ACK_FILES.manifest);
  await transport.remove(base + ACK_FILES.signature);
  if (!counts) return undefined;
  const { epoch, number, verdict, expected, reasons } = ack;
  return { epoch, number, verdict, expected, reasons };
}

/** Payload and signature first: with its manifest a package is whole, there as here. */
async function receivePackages(deps: VisitDeps, transport: Transport): Promise<void> {
  const names = new Set(await transport.list());
  for (const name of names) {
    if (!name.endsWith(`.package.v1${PACKAGE_FILES.manifest}`)) continue;
    const base = name.slice(0, -PACKAGE_FILES.manifest.length);
    if (Object.values(PACKAGE_FILES).some((ending) => !names.has(base + ending))) continue;
    for (const ending of Object.values(PACKAGE_FILES))
      keepInInbox(deps.folder, base + ending, await transport.get(base + ending, PAYLOAD_LIMITS.packedBytes));
    for (const ending of Object.values(PACKAGE_FILES).toReversed()) await transport.remove(base + ending);
  }
}
