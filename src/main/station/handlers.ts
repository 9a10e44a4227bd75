import type {
  CallFault,
  CallInput,
  CallOutput,
  EventName,
  Handlers,
  PaperView,
  SaleView,
  SignedInOperator,
  Session,
  StationStatus,
  TokenServerSettings,
  VirtualMeterView,
} from '../../contract/index.ts';
import { paperOf } from '../../receipt/index.ts';
import { KEY_TYPE } from '../../sts/index.ts';
import { amountMinor, ok, unitsTenths, type Result, type SaleId } from '../../units/index.ts';
import { countConflicts, findMeter, type DirectorySearch, type MeterRecord } from '../directory/index.ts';
import {
  appendRecord,
  believedUnixMs,
  businessDateOf,
  findSale,
  findSaleByRequest,
  lastRecordedSale,
  lastPurchases,
  openSales,
  receiptFault,
  saleIdsOfBasket,
  type RecordedSale,
} from '../ledger/index.ts';
import { arabicAs, insertCopyJob, readJobDocument, type NewCopyJob } from '../printing/index.ts';
import {
  amountForUnits,
  checkMeter,
  claimReferences,
  freeUnitsOf,
  isModuleStopped,
  limitsOf,
  nothingToBuy,
  meterAsKnown,
  meterPricing,
  priceSale,
  referenceOf,
  refuse,
  type VendItem,
  type Vending,
  writeModuleCleared,
  type VendingDeps,
} from '../vending/index.ts';
import { faultForCall, type ManagerStatus } from '../secure-module/index.ts';
import { shiftHeldBy } from '../shifts/index.ts';
import type { BooksKeeper } from './books-keeper.ts';
import { customerHandlers } from './customer-handlers.ts';
import type { DirectoryImport } from './directory-import.ts';
import type { Disk } from './disk.ts';
import type { Exchange } from '../exchange/index.ts';
import { displayHandlers } from './display-handlers.ts';
import { doubtHandlers, noteSeen, standing, type DoubtCall } from './doubt-handlers.ts';
import { findByScan } from './find-by-scan.ts';
import { guardClock } from './guard-clock.ts';
import { openDrawerForCash } from './open-drawer.ts';
import { officeHandlers } from './office-handlers.ts';
import { orderHandlers, tokenHandlers } from './order-handlers.ts';
import { printerHandlers, type PrinterHandlerDeps } from './printer-handlers.ts';
import { moduleHandlers, stoppedModules, strippedWarnings } from './module-handlers.ts';
import type { StationModules } from './modules.ts';
import type { Printing } from './printing.ts';
import { quoteNotices, tariffHandlers } from './tariff-handlers.ts';
import type { DirectoryWriter, LedgerTx } from '../store/index.ts';
import type { VirtualMeters } from './virtual-meters.ts';
import { bankingHandlers } from './day-handlers.ts';
import { drawerHandlers } from './drawer-handlers.ts';
import type { KeepSettings } from './settings-file.ts';
import { operatorHandlers } from './operator-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { stored } from './requests.ts';
import { correctionHandlers, shiftHandlers, signedIn } from './shift-handlers.ts';
import { askedOf, linesOfQuote, printJobView, saleView, unitsOf } from './sale-view.ts';

export type HandlerDeps = Omit<VendingDeps, 'directory'> & {
  readonly directory: DirectoryWriter;
  readonly training: boolean;
  readonly keepPrinter: PrinterHandlerDeps['keepPrinter'];
  /** The token server of the settings at `host:port`, as it is set up now. */
  readonly tokenServer: (place: string) => TokenServerSettings | undefined;
  /** Keeps a token server's settings; returns them. */
  readonly keepTokenServer: (server: TokenServerSettings) => TokenServerSettings;
  readonly keepShifts: KeepSettings<'shifts'>;
  readonly keepHeadOffice: KeepSettings<'headOffice'>;
  readonly vending: Vending;
  readonly search: DirectorySearch['search'];
  readonly directoryImport: DirectoryImport;
  readonly printing: Printing;
  readonly newId: () => string;
  /** Sales that were asked for by themselves; those of them with a token stand on the counter until it was seen. */
  readonly unseen: Set<SaleId>;
  /** What can wait until nobody is being served. */
  readonly tidy: () => void;
  readonly exchange: Exchange;
  readonly keeper: BooksKeeper;
  readonly disk: Pick<Disk, 'state'>;
  readonly tell: (...events: readonly EventName[]) => void;
  readonly modules: StationModules;
  readonly moduleStatus: () => ManagerStatus;
  readonly profile: StationStatus['profile'];
  /** Where another thread reads the books. */
  readonly books: { readonly file: string; readonly sqliteBinding: string | undefined };
  readonly dataFolder: string;
  /** Where reports are saved as files. */
  readonly exportsFolder: string;
  /** Null outside training. */
  readonly virtualMeters: VirtualMeters | null;
};

/** What every call does. Reading only; everything that changes goes through vending and printing. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return guardClock(deps.vending, {
    ...stationHandlers(deps),
    ...clockHandlers(deps),
    ...directoryHandlers(deps),
    ...saleHandlers(deps),
    ...doubtHandlers(deps),
    ...orderHandlers(deps),
    ...tokenHandlers(deps),
    ...printHandlers(deps),
    ...printerHandlers({
      ...deps,
      isNewRequest: (requestId, call) => isNewRequest(deps, requestId, call),
    }),
    ...virtualMeterHandlers(deps),
    ...tariffHandlers(deps),
    ...drawerHandlers(deps),
    ...operatorHandlers(deps),
    ...customerHandlers(deps),
    ...displayHandlers(deps),
    ...shiftHandlers(deps),
    ...correctionHandlers(deps),
    ...bankingHandlers(deps),
    ...reportHandlers(deps),
    ...moduleHandlers(deps),
    ...officeHandlers(deps),
    'window.show': async ({ window }) => {
      deps.tell(window === 'counter' ? 'counter-wanted' : 'virtual-meter-wanted');
      return ok({});
    },
  });
}

type Some<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

function stationHandlers(deps: HandlerDeps): Some<'station' | 'module'> {
  const { ledger, settings } = deps;
  return {
    'station.status': async (_input, session) =>
      ok({
        profile: deps.profile,
        stationName: settings.stationName,
        language: settings.language ?? 'en',
        currency: settings.currency,
        zone: settings.zone,
        nowUnixMs: deps.now(),
        operator: session.operator && { name: session.operator.name, role: session.operator.role },
        printer: deps.printing.status(),
        module: {
          status: deps.moduleStatus().status,
          name: deps.moduleStatus().name,
          keepsResults: keepsResults(deps),
          stopped: stoppedModules(ledger, deps.modules.reports()),
          ...strippedWarnings(deps.directory, deps.modules.reports()),
        },
        shift: shiftStatus(deps, session),
        ...doubts(ledger, deps.now()),
        differences: countConflicts(deps.directory),
        books: deps.keeper.state(),
        disk: deps.disk.state(),
        headOffice: deps.exchange.status(),
        cashKeysMinor: settings.cashKeysMinor,
        scanner: settings.scanner ?? { prefix: '', suffix: '', end: 'key' },
      }),
    'module.clear': async ({ requestId, moduleId, reason }, session) => {
      const nowUnixMs = believedUnixMs(ledger, deps.now());
      const moment = { nowUnixMs, zone: settings.zone, operatorId: signedIn(session).operatorId };
      const cleared = stored(ledger, requestId, 'module.clear', (tx) => {
        if (!isModuleStopped(tx, moduleId)) return refuse('module-not-stopped', { moduleId });
        writeModuleCleared(tx, moment, moduleId, reason);
        return ok({});
      });
      deps.tell('status-changed');
      if (cleared.ok) deps.modules.cleared();
      return cleared;
    },
  };
}

function shiftStatus({ ledger }: HandlerDeps, { operator }: Session): StationStatus['shift'] {
  const shift = operator && shiftHeldBy(ledger, operator.operatorId);
  return shift ? { number: shift.number, step: shift.step } : null;
}

function clockHandlers(deps: HandlerDeps): Some<'clock'> {
  return {
    'clock.accept': async ({ reason }, session) => {
      const accepted = await deps.vending.acceptClock(signedIn(session), reason);
      deps.tell('status-changed');
      // Packages waited for somebody to answer for the clock, and the next sale may need what they bring.
      if (accepted.ok) deps.exchange.soon();
      return accepted.ok ? ok({}) : accepted;
    },
  };
}

function keepsResults(deps: HandlerDeps): boolean {
  const module = deps.module();
  return module.ok && module.value.capabilities.fetchByMessageId;
}

function directoryHandlers(deps: HandlerDeps): Some<'directory' | 'meter'> {
  return {
    'directory.search': async ({ text }) => {
      const clock = { nowUnixMs: deps.now(), zone: deps.settings.zone };
      const hits = await findByScan(text, deps.search, clock);
      if (!hits.ok) return hits;
      return hits.value.length === 0
        ? refuse('nothing-found', { text: text.slice(0, 60) })
        : ok({ hits: hits.value });
    },
    'directory.import': async ({ file }, session) => deps.directoryImport.start(file, signedIn(session)),
    'directory.importState': async () => ok(deps.directoryImport.view()),
    'directory.importStop': async () => {
      deps.directoryImport.stop();
      return ok(deps.directoryImport.view());
    },
    'meter.panel': async ({ pan }) => {
      const meter = findMeter(deps.directory, pan);
      if (!meter) return refuse('meter-unknown', { meter: pan });
      const pricing = meterPricing(deps, meter, deps.now());
      if (!pricing.ok) return pricing;
      const limits = limitsOf(deps, pricing.value);
      if (!limits.ok) return limits;
      const nothing = nothingToBuy(limits.value);
      // What a purchase would bring waits for the next window: nobody is told to sell first.
      const freeUnits = freeUnitsOf(deps.ledger, pan, pricing.value).filter(
        ({ refusal: why }) => !nothing || why?.code !== 'free-units-needs-purchase',
      );
      // Free units that can be issued go before: a panel that is refused offers none.
      const isFree = freeUnits.some((free) => free.unitsTenths > 0 && free.refusal === null);
      const refusal = (await meterRefusal(deps, meter)) ?? (isFree ? undefined : nothing);
      return ok({
        customer: meter.customer,
        pan: meter.pan,
        meterNumber: meter.meterNumber,
        resource: meter.resource,
        tariffName: pricing.value.tariff.name,
        debtMinor: Object.values(pricing.value.state.debts).reduce((sum, debt) => sum + debt.balanceMinor, 0),
        lastPurchases: lastPurchases(deps.ledger, pan, 3).map((sale) => ({
          saleId: sale.saleId,
          soldAtUnixMs: sale.atUnixMs,
          amountMinor: askedOf(sale),
          unitsTenths: unitsOf(sale),
        })),
        freeUnits: freeUnits.map(({ refusal: why, ...free }) => ({
          ...free,
          refusal: why && { id: `error.${why.code}.cashier`, params: why.params },
        })),
        refusal: refusal ? { id: `error.${refusal.code}.cashier`, params: refusal.params } : null,
        ...limits.value,
      });
    },
  };
}

async function meterRefusal(
  deps: HandlerDeps,
  meter: Parameters<typeof checkMeter>[1],
): Promise<CallFault | undefined> {
  const module = deps.module();
  if (!module.ok) return module.error;
  const keys = await module.value.listKeys();
  if (!keys.ok) return faultForCall(keys.error);
  const checked = checkMeter(deps.ledger, meterAsKnown(deps.ledger, meter), keys.value);
  if (!checked.ok) return checked.error;
  const { sgc, keyType } = checked.value;
  // A meter takes no credit under the key that it came with.
  const isNew = keyType === KEY_TYPE.default;
  return isNew ? { code: 'module-key-type', params: { sgc, keyType }, retry: 'no' } : undefined;
}

function saleHandlers(
  deps: HandlerDeps,
): Omit<Some<'sale' | 'basket' | 'tender'>, 'sale.search' | DoubtCall> {
  const view = (sale: RecordedSale): SaleView => saleView(deps.ledger, deps.settings, sale, deps.training);
  return {
    'sale.quote': async (input) => quoteSale(deps, input),
    'sale.vend': async (input, session) => {
      const sale = await vendOne(deps, input, signedIn(session));
      return standing(deps, sale, findSaleByRequest(deps.ledger, input.requestId));
    },
    'basket.vend': async (input, session) => {
      const sales = await vendBasket(deps, input, signedIn(session));
      if (!sales.ok) return sales;
      noteSeen(deps, sales.value);
      return ok({ sales: sales.value.map((sale) => view(sale)) });
    },
    'tender.check': async (input) => checkReference(deps, input),
    'sale.last': async () => {
      const sale = lastRecordedSale(deps.ledger);
      return ok({ sale: sale ? view(sale) : null });
    },
    'sale.get': async ({ saleId }) => {
      const sale = findSale(deps.ledger, saleId as SaleId);
      return sale ? ok(view(sale)) : refuse('sale-unknown');
    },
  };
}

/** A module that is asked again and again for so long needs more than a cashier. */
const DOUBT_OVERDUE_MS = 30 * 60_000;

function doubts(
  ledger: HandlerDeps['ledger'],
  nowUnixMs: number,
): Pick<StationStatus, 'salesInDoubt' | 'doubtsOverdue'> {
  const open = openSales(ledger);
  const overdue = open.filter(({ atUnixMs }) => nowUnixMs - atUnixMs >= DOUBT_OVERDUE_MS);
  return { salesInDoubt: open.length, doubtsOverdue: overdue.length };
}

type VendItemInput = Omit<CallInput<'sale.vend'>, 'tender'>;

/** What a window asked for, in the words of vending. */
function itemOf(input: VendItemInput): VendItem {
  const { requestId, pan, acknowledged = [] } = input;
  return {
    requestId,
    pan,
    amountMinor: amountMinor(input.amountMinor),
    quotedUnitsTenths: unitsTenths(input.quotedUnitsTenths),
    quotedDueMinor: input.quotedDueMinor === undefined ? undefined : amountMinor(input.quotedDueMinor),
    acknowledged,
  };
}

/** Sells, wakes the printer, and opens the drawer for a sale that is new. */
async function vendOne(
  deps: HandlerDeps,
  input: CallInput<'sale.vend'>,
  operator: SignedInOperator,
): Promise<Result<RecordedSale, CallFault>> {
  const known = findSaleByRequest(deps.ledger, input.requestId);
  const sale = await deps.vending.vend({ ...itemOf(input), tender: input.tender }, operator);
  afterSale(deps, known || !sale.ok ? [] : [sale.value], operator);
  return sale;
}

async function vendBasket(
  deps: HandlerDeps,
  input: CallInput<'basket.vend'>,
  operator: SignedInOperator,
): Promise<Result<readonly RecordedSale[], CallFault>> {
  const { requestId, tender } = input;
  const known = saleIdsOfBasket(deps.ledger, requestId).length > 0;
  const order = { requestId, items: input.items.map(itemOf), tender };
  const sales = await deps.vending.vendBasket(order, operator);
  afterSale(deps, known || !sales.ok ? [] : sales.value, operator);
  return sales;
}

function afterSale(deps: HandlerDeps, made: readonly RecordedSale[], operator: SignedInOperator): void {
  deps.printing.wake();
  openDrawerForCash(deps, made, operator.operatorId);
  deps.tell('status-changed', 'sale-recorded');
  deps.tidy();
}

function checkReference(
  { ledger, settings }: HandlerDeps,
  input: CallInput<'tender.check'>,
): Result<CallOutput<'tender.check'>, CallFault> {
  const { account, pans } = input;
  const reference = referenceOf(account, input.reference);
  if (!reference.ok) return reference;
  const minor = amountMinor(input.amountMinor);
  const part = { account, amountMinor: minor, receivedMinor: minor, reference: reference.value };
  const claimed = claimReferences(ledger, settings, [{ ...part, carriedFrom: null }], { pans });
  return claimed.ok ? ok({ reference: reference.value }) : claimed;
}

function quoteSale(
  deps: HandlerDeps,
  input: CallInput<'sale.quote'>,
): Result<CallOutput<'sale.quote'>, CallFault> {
  const { pan } = input;
  deps.printing.nextCustomer(pan);
  const meter = findMeter(deps.directory, pan);
  if (!meter) return refuse('meter-unknown', { meter: pan });
  const now = deps.now();
  const amount =
    input.unitsTenths === undefined
      ? ok(amountMinor(input.amountMinor ?? 0))
      : amountForUnits(deps, meter, unitsTenths(input.unitsTenths), now);
  if (!amount.ok) return amount;
  const priced = priceSale(deps, meter, amount.value, now);
  if (!priced.ok) return priced;
  const { quote, unitsTenths: units, tariff, state } = priced.value;
  const notices = [...quoteNotices(deps.settings, tariff, quote, state)];
  const lines = [...linesOfQuote(quote, meter.resource, deps.settings)];
  return ok({
    pan,
    amountMinor: amount.value,
    dueMinor: quote.tenderMinor,
    unitsTenths: units,
    resource: meter.resource,
    lines,
    notices,
  });
}

function printHandlers(deps: HandlerDeps): Omit<Some<'print' | 'paper'>, 'print.open' | 'print.answer'> {
  const { printing, ledger } = deps;
  return {
    'print.job': async ({ jobId }) => {
      const job = printing.job(jobId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'print.send': async ({ requestId, jobId }, session) => {
      const { operatorId } = signedIn(session);
      const job = isNewRequest(deps, requestId, 'print.send')
        ? printing.send(jobId, operatorId)
        : printing.job(jobId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'print.copy': async ({ requestId, saleId, reason }, session) => {
      const { operatorId } = signedIn(session);
      // The request's own id names the job, so that the same request makes and prints one copy.
      const made = printing.job(requestId);
      if (made) return ok(printJobView(made));
      if (receiptFault(ledger, saleId)) return refuse('print-receipt-changed');
      const draft = { jobId: requestId, saleId, createdUnixMs: deps.now(), operatorId, reason };
      if (!ledger.transaction((tx) => insertCopy(tx, draft, deps.settings.zone)))
        return refuse('sale-unknown');
      const job = printing.send(requestId, operatorId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'paper.latest': async () => ok({ paper: latestPaper(deps) }),
  };
}

/** Queues a copy and puts into the chain who wanted it and why. */
function insertCopy(tx: LedgerTx, copy: NewCopyJob, zone: string): boolean {
  if (!insertCopyJob(tx, copy)) return false;
  const { jobId, reason, saleId, operatorId } = copy;
  const atUnixMs = believedUnixMs(tx, copy.createdUnixMs);
  appendRecord(tx, {
    kind: 'receipt-copied',
    atUnixMs,
    businessDate: businessDateOf(atUnixMs, zone),
    operatorId,
    subjectId: saleId,
    detail: { jobId, reason },
  });
  return true;
}

/** The meter on the wall is the one that was sold to last, or the first in the directory. */
function virtualMeterHandlers(deps: HandlerDeps): Some<'virtual-meter'> {
  const answer = (
    work: (meters: VirtualMeters, meter: MeterRecord) => VirtualMeterView | undefined,
  ): Result<VirtualMeterView, CallFault> => {
    const pan = lastRecordedSale(deps.ledger)?.meterPan ?? firstPan(deps.directory);
    const meter = pan === undefined ? undefined : findMeter(deps.directory, pan);
    const view = deps.virtualMeters && meter ? work(deps.virtualMeters, meter) : undefined;
    return view ? ok(view) : refuse('training-only');
  };
  return {
    'virtual-meter.show': async () => answer((meters, meter) => meters.show(meter)),
    'virtual-meter.press': async ({ key }) => answer((meters, meter) => meters.press(meter, key, deps.now())),
  };
}

function firstPan(directory: HandlerDeps['directory']): string | undefined {
  return directory.prepare('SELECT pan FROM meter ORDER BY meter_row LIMIT 1').get<{ pan: string }>()?.pan;
}

/** True the first time that a request is seen; a repeated one must do nothing again. */
function isNewRequest(deps: HandlerDeps, requestId: string, call: string): boolean {
  return deps.ledger.transaction((tx) => {
    const known = tx.prepare('SELECT 1 FROM request WHERE request_id = ?').get(requestId);
    if (!known) tx.prepare('INSERT INTO request VALUES (?, ?, ?)').run(requestId, call, '{}');
    return !known;
  });
}

function latestPaper(deps: HandlerDeps): PaperView | null {
  const { printer } = deps.printing;
  const jobId = deps.printing.latestJobId();
  const document = jobId === undefined ? undefined : readJobDocument(deps.ledger, jobId);
  if (jobId === undefined || !document) return null;
  const { copyNumber = 0, saleId = null } = deps.printing.job(jobId) ?? {};
  if (saleId !== null && receiptFault(deps.ledger, saleId)) return null;
  const { columns, arabicPage } = printer.options(printer.address);
  const paper = paperOf(document, columns, copyNumber, arabicAs(arabicPage));
  return { jobId, columns: paper.columns, lines: [...paper.lines], codes: [...paper.codes] };
}
