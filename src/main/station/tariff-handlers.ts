import type {
  CallFault,
  ExplanationView,
  Handlers,
  Phrase,
  StationSettings,
  TariffVersionView,
} from '../../contract/index.ts';
import {
  describeTariff,
  emptyState,
  explain,
  needsOf,
  nextBlock,
  parseTariff,
  parseTariffText,
  quote,
  type ExplanationRow,
  type Quote,
  type QuoteRequest,
  type Tariff,
} from '../../tariff/index.ts';
import {
  assert,
  civilInZone,
  instantInZone,
  parseCivilMinute,
  civilToText,
  ok,
  unixMs,
  type Result,
  type SaleId,
} from '../../units/index.ts';
import {
  findTariffVersion,
  listTariffVersions,
  metersLacking,
  putTariffVersion,
  type TariffVersion,
} from '../directory/index.ts';
import { findSale, purchaseBefore } from '../ledger/index.ts';
import type { DirectoryWriter, LedgerReader } from '../store/index.ts';
import { channelOf, quantiseUnits, quoteFault, refuse, type StoredPricing } from '../vending/index.ts';
import { linesOfQuote } from './sale-view.ts';
import { faultPhrase, noticePhrase, ruleSentences } from './tariff-words.ts';

export type TariffDeps = {
  readonly ledger: LedgerReader;
  readonly directory: DirectoryWriter;
  readonly settings: StationSettings;
  readonly now: () => number;
};

type TariffHandlers = Pick<
  Handlers,
  'tariffs.list' | 'tariffs.show' | 'tariffs.try' | 'tariffs.import' | 'purchase.explain'
>;

export function tariffHandlers(deps: TariffDeps): TariffHandlers {
  return {
    'tariffs.list': async () => {
      const all = listTariffVersions(deps.directory);
      return ok({ versions: all.map((version) => versionView(deps, version, all)) });
    },
    'tariffs.show': async ({ tariffId, version }) => {
      const tariff = readTariff(deps, tariffId, version);
      if (!tariff.ok) return tariff;
      const { categories } = needsOf(tariff.value);
      return ok({
        sentences: describeTariff(tariff.value).flatMap(ruleSentences),
        categories: [...categories],
      });
    },
    'tariffs.try': async ({ tariffId, version, amountMinor, category }) => {
      const tariff = readTariff(deps, tariffId, version);
      if (!tariff.ok) return tariff;
      return tryAmount(deps, tariff.value, amountMinor, category);
    },
    'tariffs.import': async ({ text, confirmed }) => importTariff(deps, text, confirmed === true),
    'purchase.explain': async ({ saleId }) => explainSale(deps, saleId as SaleId),
  };
}

const civilNow = (deps: TariffDeps): string =>
  civilToText(civilInZone(unixMs(deps.now()), deps.settings.zone)).replace(' ', 'T');

function readTariff(deps: TariffDeps, tariffId: string, version: number): Result<Tariff, CallFault> {
  const found = findTariffVersion(deps.directory, tariffId, version);
  if (!found) return refuse('tariff-missing', { tariff: tariffId });
  const tariff = parseTariff(found.document);
  return tariff.ok ? tariff : refuse('tariff-refused', { reason: tariff.error[0]?.code ?? 'invalid' });
}

function versionView(
  deps: TariffDeps,
  version: TariffVersion,
  all: readonly TariffVersion[],
): TariffVersionView {
  const nowUnixMs = deps.now();
  const later = all.some(
    (other) =>
      other.tariffId === version.tariffId &&
      other.effectiveFromUnixMs <= nowUnixMs &&
      (other.effectiveFromUnixMs > version.effectiveFromUnixMs ||
        (other.effectiveFromUnixMs === version.effectiveFromUnixMs && other.version > version.version)),
  );
  const state = version.effectiveFromUnixMs > nowUnixMs ? 'coming' : later ? 'past' : 'in-force';
  const document = parseTariff(version.document);
  return {
    tariffId: version.tariffId,
    version: version.version,
    name: document.ok ? document.value.name : version.tariffId,
    effectiveFrom: document.ok
      ? document.value.effectiveFrom.replace('T', ' ')
      : civilToText(civilInZone(unixMs(version.effectiveFromUnixMs), deps.settings.zone)),
    state,
    meters: countMeters(deps, version.tariffId),
  };
}

function countMeters(deps: TariffDeps, tariffId: string): number {
  return (
    deps.directory.prepare('SELECT count(*) AS n FROM meter WHERE tariff_id = ?').get<{ n: number }>(tariffId)
      ?.n ?? 0
  );
}

/** On a new account with one of each quantity; for a version that is not in force yet, as on its first day. */
function tryAmount(
  deps: TariffDeps,
  tariff: Tariff,
  amountMinor: number,
  category: string | undefined,
): Awaited<ReturnType<TariffHandlers['tariffs.try']>> {
  const now = civilNow(deps);
  const at = now < tariff.effectiveFrom ? tariff.effectiveFrom : now;
  const quantities = Object.fromEntries(needsOf(tariff).quantities.map((name) => [name, '1']));
  const state = { ...emptyState(at), quantities, ...(category === undefined ? {} : { category }) };
  const channel = channelOf(deps.settings);
  const request: QuoteRequest = { kind: 'money', amountMinor, cash: true, channel, entitlements: [] };
  const quoted = quote(tariff, state, request, at, quantiseUnits);
  if (!quoted.ok) return quoteFault(deps.settings, quoted.error);
  const credit = quoted.value.tokens.find((token) => token.kind === 'credit');
  return ok({
    amountMinor,
    dueMinor: quoted.value.tenderMinor,
    unitsTenths: credit?.quantity ?? 0,
    resource: tariff.resource,
    lines: [...linesOfQuote(quoted.value, tariff.resource, deps.settings)],
    notices: [...quoteNotices(deps.settings, tariff, quoted.value, state)],
  });
}

/** What has to be said before payment, the next block last. */
export function quoteNotices(
  settings: StationSettings,
  tariff: Tariff,
  quoted: Quote,
  state: Parameters<typeof nextBlock>[1],
): readonly Phrase[] {
  const ahead = nextBlock(tariff, state, quoted.request, quoted.at);
  const given = quoted.tokens.flatMap(({ entitlement, quantity }) =>
    entitlement === undefined ? [] : { code: 'entitlement-given', params: { id: entitlement, quantity } },
  );
  return [...given, ...quoted.provisional, ...quoted.notices, ...ahead].map((notice) =>
    noticePhrase('notice', notice, tariff.resource, settings),
  );
}

type Imported = Awaited<ReturnType<TariffHandlers['tariffs.import']>>;

const refused = (...faults: readonly Parameters<typeof faultPhrase>[0][]): Imported =>
  ok({ kept: null, faults: faults.slice(0, 50).map(faultPhrase), questions: [] });

function importTariff(deps: TariffDeps, text: string, confirmed: boolean): Imported {
  const parsed = parseTariffText(text);
  if (!parsed.ok) return refused(...parsed.error);
  const tariff = parsed.value;
  const { code, minorDigits } = deps.settings.currency;
  if (tariff.currency.code !== code || tariff.currency.minorDigits !== minorDigits) {
    return refused({ code: 'currency-differs', path: 'currency', params: {}, line: 1 });
  }
  const effective = parseCivilMinute(tariff.effectiveFrom);
  assert(effective, 'a checked tariff has a date that exists');
  const version: TariffVersion = {
    tariffId: tariff.id,
    version: tariff.version,
    effectiveFromUnixMs: instantInZone(effective, deps.settings.zone),
    document: JSON.parse(text) as unknown,
  };
  if (differsFromKept(deps, version))
    return refused({ code: 'version-exists', path: 'version', params: {}, line: 1 });
  const questions = confirmed ? [] : [...importQuestions(deps, tariff, version)];
  if (questions.length > 0) return ok({ kept: null, faults: [], questions });
  const put = deps.directory.transaction((tx) => putTariffVersion(tx, version));
  assert(put.ok, 'a version that differs from a kept one is refused before');
  const kept = versionView(deps, version, listTariffVersions(deps.directory));
  return ok({ kept, faults: [], questions: [] });
}

/** Whether this number is taken by another content. */
function differsFromKept(deps: TariffDeps, { tariffId, version, document }: TariffVersion): boolean {
  const kept = findTariffVersion(deps.directory, tariffId, version);
  return kept !== undefined && JSON.stringify(kept.document) !== JSON.stringify(document);
}

/** What a supervisor has to know before a list is kept: prices that change at once, accounts that lack something. */
function importQuestions(deps: TariffDeps, tariff: Tariff, version: TariffVersion): readonly Phrase[] {
  if (findTariffVersion(deps.directory, version.tariffId, version.version)) return [];
  const meters = countMeters(deps, version.tariffId);
  const from = tariff.effectiveFrom.replace('T', ' ');
  const isAtOnce = version.effectiveFromUnixMs <= deps.now();
  const needs = needsOf(tariff);
  const lacking = metersLacking(deps.directory, version.tariffId, needs);
  const channel = channelOf(deps.settings);
  const asked: readonly (Phrase | false)[] = [
    isAtOnce && { id: 'tariffs.question.at-once', params: { from, meters } },
    lacking.category > 0 && {
      id: 'tariffs.question.category',
      params: { meters: lacking.category, names: needs.categories.join(', ') },
    },
    ...Object.entries(lacking.quantities).map(
      ([name, count]) => count > 0 && { id: 'tariffs.question.quantity', params: { meters: count, name } },
    ),
    needs.channels.length > 0 &&
      !needs.channels.includes(channel) && {
        id: 'tariffs.question.channel',
        params: { channel, names: needs.channels.join(', ') },
      },
  ];
  const free = tariff.entitlements
    .filter(({ withPurchaseOnly }) => withPurchaseOnly)
    .map(({ label }) => label)
    .join(', ');
  const given: readonly Phrase[] =
    free === '' ? [] : [{ id: 'tariffs.question.free', params: { names: free } }];
  return [...asked.filter((each) => each !== false), ...given];
}

function explainSale(deps: TariffDeps, saleId: SaleId): Result<ExplanationView, CallFault> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.order.kind !== 'credit') return refuse('not-a-purchase', { receiptNumber: sale.receiptNumber });
  const previous = purchaseBefore(deps.ledger, sale);
  const now = (JSON.parse(sale.quote) as StoredPricing).quote;
  const before = previous && (JSON.parse(previous.quote) as StoredPricing).quote;
  const { headline, rows, because } = explain(now, before);
  const phrase = (notice: typeof headline): Phrase =>
    noticePhrase('explain', notice, sale.resource, deps.settings);
  return ok({ headline: phrase(headline), rows: rows.map(explanationRow), reasons: because.map(phrase) });
}

/** Lines that the utility has not named. */
const LINE_OF_KIND: Readonly<Record<ExplanationRow['kind'], string>> = {
  'per-unit': 'line.energy',
  percent: 'line.levy',
  fixed: 'line.fee',
  debt: 'line.debt',
  balance: 'line.settlement',
  adjustment: 'line.settlement',
  rounding: 'line.rounding',
  'cash-rounding': 'line.rounding',
};

function explanationRow(row: ExplanationRow): ExplanationView['rows'][number] {
  const label =
    row.label === ''
      ? { id: LINE_OF_KIND[row.kind], params: {} }
      : { id: 'line.named', params: { name: row.label } };
  return {
    label,
    beforeMinor: row.before?.amountMinor ?? null,
    nowMinor: row.now?.amountMinor ?? null,
    changed: row.change !== 'same',
  };
}
