import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CallInput, CallReply, SaleView, Session } from '../../contract/index.ts';
import { openSales } from '../../main/ledger/index.ts';
import { openPrintJobs } from '../../main/printing/index.ts';
import type { SecureModule } from '../../main/secure-module/index.ts';
import { openStation, type Station } from '../../main/station/index.ts';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bindingFromEnvironment } from '../open.ts';
import { lastEntryUnixMs } from './ledger-file.ts';
import { MANAGED_PANS, managedModule } from './managed-module.ts';
import { linkedModule } from './module-link.ts';
import { PASSING } from './till-process.ts';

/**
 * A till that sells until it is killed or has sold enough. A line on standard output is something that a person
 * was told or did: `ready <open sales> <milliseconds>`, `tender <request>`, `asked <message>`, `told <sale> <receipt> <token>`, `differs <sale>`, `refused <code>`, `done`. Meters,
 * amounts, waits and repeated keys are drawn from the seed. Its clock goes on from the ledger's newest entry,
 * some seconds a sale, unless it is the computer's. A mixed till also takes other tenders than cash, sells baskets,
 * and makes engineering tokens and replacements. A patient one serves nobody before the last slip has come to its end.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    sales: { type: 'string', default: '1' },
    printer: { type: 'string' },
    module: { type: 'string' },
    managed: { type: 'string' },
    'token-within-ms': { type: 'string' },
    clock: { type: 'string', default: 'own' },
    'pause-ms': { type: 'string', default: '0' },
    'rest-every': { type: 'string' },
    mixed: { type: 'boolean', default: false },
    patient: { type: 'boolean', default: false },
  },
});

const LONGEST_WAIT_MS = 40;
/** Of a write-ahead log: its salts change each time that it is begun anew. */
const LOG_HEADER_BYTES = 32;
const MOST_ASKED = 20;
const ASK_EVERY_MS = 2_000;
const LONGEST_REST_MS = 60_000;
const LOOK_EVERY_MS = 50;

const random = seededRandom(Number(values.seed));
const below = (most: number): number => Math.floor(random() * most);
const isManaged = values.managed !== undefined;
// A token server's word that it knows nothing of a message is believed for some minutes only.
let ownUnixMs = lastEntryUnixMs(values.folder) + (isManaged ? 5_000 : 60_000);
const now = values.clock === 'computer' ? Date.now : (): number => ownUnixMs;

function tell(...words: readonly string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

type Request = CallInput<'sale.vend'>;
type Item = Omit<Request, 'tender'>;

/** What one meter buys, or the code of the refusal. */
async function itemFor(station: Station, session: Session, pan: string): Promise<Item | string> {
  const amountMinor = 1_000 + 10 * below(4_000);
  const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
  if (!quote.ok) return quote.error.code;
  return {
    requestId: station.newId(),
    pan,
    amountMinor,
    quotedUnitsTenths: quote.value.unitsTenths,
    quotedDueMinor: quote.value.dueMinor,
    acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
  };
}

/** Cash mostly, often with change; else mobile money, or a card and cash. */
function tenderFor(station: Station, dueMinor: number): Request['tender'] {
  const receivedMinor = dueMinor + 10 * below(3_000);
  const way = values.mixed ? below(4) : 0;
  if (way < 2) return { kind: 'cash', receivedMinor };
  // Letters only: an id's own figures may happen to pass as a card's number.
  const reference = station.newId().replace(/\d/gu, (digit) => 'GHIJKLMNOP'[Number(digit)] ?? '');
  if (way === 2)
    return { kind: 'parts', parts: [{ account: 'mobile-money', amountMinor: dueMinor, reference }] };
  const amountMinor = 10 * (1 + below(dueMinor / 10 - 1));
  const card = { account: 'card', amountMinor, reference } as const;
  const rest = { account: 'cash-drawer', receivedMinor: receivedMinor - amountMinor } as const;
  return { kind: 'parts', parts: [card, rest] };
}

/** One sale, or a basket of two or three with one payment. Returns whether the till may go on. */
async function sellOnce(station: Station, session: Session, pans: readonly string[]): Promise<boolean> {
  const items: Item[] = [];
  for (const pan of pans) {
    const item = await itemFor(station, session, pan);
    if (typeof item === 'string') {
      tell('refused', item);
      return false;
    }
    items.push(item);
  }
  const due = items.reduce((sum, item) => sum + (item.quotedDueMinor ?? 0), 0);
  return sellItems(station, session, items, tenderFor(station, due));
}

/** Sells, sometimes with the key pressed twice. */
async function sellItems(
  station: Station,
  session: Session,
  items: readonly Item[],
  tender: Request['tender'],
): Promise<boolean> {
  const [only, ...others] = items;
  if (!only) return false;
  for (const { requestId } of items) tell('tender', requestId);
  const requestId = station.newId();
  const ask = async (): Promise<CallReply<readonly SaleView[]>> => {
    if (others.length > 0) {
      const sales = await station.handlers['basket.vend']({ requestId, items: [...items], tender }, session);
      return sales.ok
        ? { ok: true, value: sales.value.sales }
        : { ok: false, error: { ...sales.error, ref: '' } };
    }
    const sale = await station.handlers['sale.vend']({ ...only, tender }, session);
    return sale.ok ? { ok: true, value: [sale.value] } : { ok: false, error: { ...sale.error, ref: '' } };
  };
  const sales = await ask();
  if (!sales.ok) {
    tell('refused', sales.error.code);
    return PASSING.includes(sales.error.code);
  }
  if (sales.value.filter(isTold).length === 0) return true;
  if (below(8) === 0) {
    const again = await ask();
    const plain = (reply: Awaited<ReturnType<typeof ask>>): string =>
      reply.ok ? JSON.stringify(reply.value.map(({ saleId, tokens }) => [saleId, tokens])) : '';
    if (plain(again) !== plain(sales)) tell('differs', sales.value[0]?.saleId ?? '');
  }
  // Some customers wait a moment for their slip, some do not; either way the printer gets its turn.
  const job = sales.value.at(-1)?.printJob;
  if (job && values.patient) await station.printing.settled(job.jobId);
  else if (job && below(3) === 0) await printedOrLate(station, job.jobId);
  else await nextTurn();
  return true;
}

/** Mostly one meter, sometimes a basket of two or three different ones. */
function customers(pans: readonly string[]): readonly string[] {
  const wanted = values.mixed && below(6) === 0 ? 2 + below(2) : 1;
  const chosen = new Set<string>();
  while (chosen.size < Math.min(wanted, pans.length)) chosen.add(pans[below(pans.length)] ?? '');
  return [...chosen];
}

/** What a cashier is told of a sale: its token, or that it waits to be settled. */
function isTold({ saleId, receiptNumber, state, tokens }: SaleView): boolean {
  const isRecorded = state === 'recorded';
  if (isRecorded) tell('told', saleId, receiptNumber, tokens[0]?.digits ?? '');
  else tell('waits', saleId, state);
  return isRecorded;
}

/** Meters of this group have a key of another revision in the module, for which their tokens can be made again. */
const GROUP_WITH_REVISIONS = { sgc: '201457', krn: 2 } as const;

/** A token that is no purchase: one that manages the meter, or the last sale's once more for another key revision. */
async function orderOnce(station: Station, session: Session, pan: string): Promise<void> {
  const reason = 'crash test';
  const last = await station.handlers['sale.last']({}, session);
  const sale = last.ok ? last.value.sale : null;
  const key = sale && (await station.handlers['order.options']({ pan: sale.pan }, session));
  // A server that chooses token times does not give one out again.
  const replaces =
    !isManaged && key?.ok && sale?.kind === 'credit' && key.value.key.sgc === GROUP_WITH_REVISIONS.sgc;
  const requestId = station.newId();
  tell('tender', requestId);
  const made =
    replaces && below(2) === 0
      ? await station.handlers['order.replace'](
          {
            requestId,
            saleId: sale.saleId,
            corrected: { krn: GROUP_WITH_REVISIONS.krn },
            newTimeProof: null,
            reason,
          },
          session,
        )
      : await station.handlers['order.manage'](
          {
            requestId,
            pan,
            action: { kind: 'power-limit', watts: 1_000 + below(9_000) },
            reason,
            second: null,
          },
          session,
        );
  if (made.ok) isTold(made.value);
  else if (!PASSING.includes(made.error.code)) tell('refused', made.error.code);
}

/** A faulty printer may take for ever; the next customer does not wait for it. */
async function printedOrLate(station: Station, jobId: string): Promise<void> {
  await Promise.race([station.printing.settled(jobId), setTimeout(LONGEST_WAIT_MS)]);
}

/** What a cashier does about a slip of which nobody knows whether it came out: a marked copy. */
async function copyUnknown(station: Station): Promise<void> {
  const unknown = openPrintJobs(station.ledger).find((job) => job.state === 'unknown');
  if (!unknown || values.printer === undefined) return;
  station.printing.send(unknown.jobId, 'till');
  await printedOrLate(station, unknown.jobId);
}

/** Nobody comes until the log has been moved into the file and begun anew, or until that takes too long. */
async function untilLogIsMoved(): Promise<void> {
  const header = (): string => {
    const start = Buffer.alloc(LOG_HEADER_BYTES);
    const log = openSync(path.join(values.folder, 'ledger.db-wal'), 'r');
    readSync(log, start);
    closeSync(log);
    return start.toString('hex');
  };
  const before = header();
  const began = performance.now();
  while (header() === before && performance.now() - began < LONGEST_REST_MS) await setTimeout(LOOK_EVERY_MS);
}

/** The module outside, when there is one. */
function moduleOutside(): SecureModule | undefined {
  const { module, managed, 'token-within-ms': within } = values;
  if (managed !== undefined) {
    return managedModule(managed, within !== undefined, { now, random: (bytes) => randomBytes(bytes) });
  }
  if (module === undefined) return undefined;
  return linkedModule(Number(module), {
    ...(within === undefined ? {} : { tokenWithinMs: Number(within) }),
    onAsk: (messageId) => tell('asked', messageId),
  });
}

/** A token server goes by the till's clock here. */
function tellClock(): void {
  if (isManaged) tell('clock', String(ownUnixMs));
}

/** A cashier's one right next key for a sale in doubt: the server is asked again, until it knows or has to know. */
async function askAgain(station: Station, session: Session): Promise<void> {
  for (const { saleId } of openSales(station.ledger)) {
    for (let asked = 0; asked < MOST_ASKED; asked += 1) {
      const sale = await station.handlers['sale.recover']({ requestId: station.newId(), saleId }, session);
      if (sale.ok ? isTold(sale.value) : sale.error.code === 'sale-void') break;
      ownUnixMs += ASK_EVERY_MS;
      tellClock();
    }
  }
}

async function work(): Promise<void> {
  const began = performance.now();
  tellClock();
  const module = moduleOutside();
  const opened = await openStation({
    dataFolder: values.folder,
    profile: 'training',
    now,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => below(256)),
    ...(values.printer === undefined ? {} : { printerAddress: values.printer }),
    ...(module ? { module } : {}),
    ...bindingFromEnvironment(),
  });
  if (!opened.ok) return tell('refused', opened.error.code);
  const station = opened.value;
  const session = station.newSession();
  session.operator = { operatorId: 'till', name: 'Till', role: 'supervisor' };
  const pans = station.directory
    .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row')
    .all<{ pan: string }>()
    .map(({ pan }) => pan)
    .filter((pan) => !isManaged || MANAGED_PANS.includes(pan));
  if (isManaged) await askAgain(station, session);
  const openingMs = Math.round(performance.now() - began);
  tell('ready', String(openSales(station.ledger).length), String(openingMs));
  if (below(4) === 0) await copyUnknown(station);
  for (let sold = 0; sold < Number(values.sales); sold += 1) {
    ownUnixMs += 1_000 * below(90);
    tellClock();
    if (!(await sellOnce(station, session, customers(pans)))) break;
    if (values.mixed && below(3) === 0) await orderOnce(station, session, pans[below(pans.length)] ?? '');
    if (values['pause-ms'] !== '0') await setTimeout(Number(values['pause-ms']));
    if ((sold + 1) % Number(values['rest-every']) === 0) await untilLogIsMoved();
  }
  await station.close();
  tell('done');
}

await work();
// A line to a printer that reads no more can hold the process open long after the station is closed.
process.exit();
