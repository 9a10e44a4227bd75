import type { DisplayView, DisplayWanted, Handlers, SaleView } from '../../contract/index.ts';
import { ok, type SaleId } from '../../units/index.ts';
import { findSale, receiptFault } from '../ledger/index.ts';
import { readJobDocument } from '../printing/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { saleView } from './sale-view.ts';

type Part = { [Name in keyof Handlers as Name extends `display.${string}` ? Name : never]: Handlers[Name] };

/** The customer's display: what the till last wanted shown, until it is cleared. */
export function displayHandlers(deps: HandlerDeps): Part {
  let wanted: DisplayWanted | null = null;
  const want = (next: DisplayWanted | null): void => {
    if (JSON.stringify(next) === JSON.stringify(wanted)) return;
    wanted = next;
    deps.tell('display-changed');
  };
  return {
    'display.clear': async () => {
      want(null);
      return ok({});
    },
    'display.set': async (next) => {
      want(next);
      return ok({});
    },
    'display.show': async () => ok(viewOf(deps, wanted)),
  };
}

function viewOf(deps: HandlerDeps, wanted: DisplayWanted | null): DisplayView {
  const { settings, training } = deps;
  const blank: DisplayView = {
    training,
    language: settings.language ?? 'en',
    currency: settings.currency,
    dueMinor: null,
    receivedMinor: null,
    changeMinor: null,
    tokens: [],
    qr: null,
  };
  if (wanted === null) return blank;
  if (wanted.kind === 'sold') return { ...blank, ...soldView(deps, wanted.saleIds) };
  const { dueMinor, receivedMinor, language } = wanted;
  const changeMinor = receivedMinor === null ? null : receivedMinor - dueMinor;
  return {
    ...blank,
    ...(language === null ? {} : { language }),
    dueMinor,
    receivedMinor,
    changeMinor: changeMinor !== null && changeMinor >= 0 ? changeMinor : null,
  };
}

/** Of the ledger's own sales, and only of those that were recorded. */
function soldView(deps: HandlerDeps, saleIds: readonly string[]): Partial<DisplayView> {
  const sales = saleIds
    .map((saleId) => findSale(deps.ledger, saleId as SaleId))
    .filter((sale) => sale !== undefined)
    .map((sale) => saleView(deps.ledger, deps.settings, sale, deps.training))
    .filter((sale) => sale.state === 'recorded');
  const [first] = sales;
  if (!first) return {};
  const { language } = first.customer;
  return {
    ...(language === undefined ? {} : { language }),
    changeMinor: sales.reduce((sum, sale) => sum + sale.changeMinor, 0),
    tokens: sales.flatMap(tokensOf).slice(0, 100),
    qr: sales.length === 1 ? qrOf(deps, first) : null,
  };
}

function tokensOf(sale: SaleView): DisplayView['tokens'] {
  return sale.tokens.map(({ digits, position, of, kind }) => ({
    digits,
    position,
    of,
    unitsTenths: kind === 'credit' || kind === 'free' ? sale.unitsTenths : null,
    resource: sale.resource,
  }));
}

function qrOf({ ledger }: HandlerDeps, { saleId, printJob }: SaleView): string | null {
  const document =
    printJob && !receiptFault(ledger, saleId) ? readJobDocument(ledger, printJob.jobId) : undefined;
  return document?.qr ?? document?.items.find(({ qr }) => qr !== undefined)?.qr ?? null;
}
