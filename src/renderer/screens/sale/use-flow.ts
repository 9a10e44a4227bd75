import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, type Dispatch } from 'react';
import type { CallReply, SaleView } from '../../../contract/index.ts';
import { moneyText } from '../../../i18n/index.ts';
import { usePlace } from '../../app/words.ts';
import { newRequestId } from '../../app/ids.ts';
import { ask } from '../../ipc/station.ts';
import {
  askedFor,
  EMPTY_FLOW,
  makeFlowReducer,
  quotesToPay,
  type Flow,
  type FlowEvent,
  type VendRequest,
} from './flow.ts';
import { useCustomerDisplay } from './use-customer-display.ts';

/** A pause in typing after which a search is worth its work. Enter does not wait for it. */
const SEARCH_PAUSE_MS = 120;

/** Shorter texts match half the directory. */
const SEARCH_FROM_SIGNS = 3;

/** The sale screen's state, and what has to be asked of the station while it stands. */
export function useFlow(largestNoteMinor: number | null): readonly [Flow, Dispatch<FlowEvent>] {
  const { currency } = usePlace();
  const reducer = useMemo(
    () => makeFlowReducer(currency, (amount) => moneyText(amount, currency), largestNoteMinor),
    [currency, largestNoteMinor],
  );
  const [flow, send] = useReducer(reducer, EMPTY_FLOW);
  useSearch(flow, send);
  usePanel(flow, send);
  useQuote(flow, send);
  useReference(flow, send);
  useRequote(flow, send);
  useVend(flow, send);
  useRecovery(flow, send);
  useCustomerDisplay(flow);
  return [flow, send];
}

function useSearch(flow: Flow, send: Dispatch<FlowEvent>): void {
  const text = flow.box.trim();
  const waiting = flow.awaiting === 'hits';
  const needed = flow.step === 'find' && flow.hits?.text !== text;
  const wanted = needed && (waiting ? text !== '' : text.length >= SEARCH_FROM_SIGNS);
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const search = async (): Promise<void> => {
      const reply = await ask('directory.search', { text });
      if (!current) return;
      send({
        type: 'hits-came',
        hits: { text, reply: reply.ok ? { ok: true, value: reply.value.hits } : reply },
      });
    };
    const timer = window.setTimeout(() => void search(), waiting ? 0 : SEARCH_PAUSE_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [text, wanted, waiting, send]);
}

function usePanel(flow: Flow, send: Dispatch<FlowEvent>): void {
  const { choosing } = flow;
  useEffect(() => {
    if (choosing === null) return;
    const choose = async (): Promise<void> => {
      const reply = await ask('meter.panel', { pan: choosing });
      send({ type: 'panel-came', pan: choosing, reply });
    };
    void choose();
  }, [choosing, send]);
}

function useQuote(flow: Flow, send: Dispatch<FlowEvent>): void {
  const { currency } = usePlace();
  const asked = askedFor(flow, currency);
  const pan = flow.panel?.refusal === null ? flow.panel.pan : undefined;
  const value = asked.ok ? asked.value.value : undefined;
  const { unit, quote } = flow;
  const known = quote?.pan === pan && quote?.unit === unit && quote.value === value;
  const wanted = flow.step === 'amount' && !known;
  useEffect(() => {
    if (!wanted || pan === undefined || value === undefined) return undefined;
    let current = true;
    const quoteIt = async (): Promise<void> => {
      const reply = await ask('sale.quote', {
        pan,
        ...(unit === 'units' ? { unitsTenths: value } : { amountMinor: value }),
      });
      if (current) send({ type: 'quote-came', quote: { pan, unit, value, reply } });
    };
    void quoteIt();
    return () => {
      current = false;
    };
  }, [wanted, pan, unit, value, send]);
}

/** Whether a reference was used before: asked when it is typed, not when everything else is done. */
function useReference(flow: Flow, send: Dispatch<FlowEvent>): void {
  const { currency } = usePlace();
  const { checking } = flow;
  const pans = quotesToPay(flow, currency).map(({ pan }) => pan);
  const list = pans.join(' ');
  useEffect(() => {
    if (!checking) return;
    const check = async (): Promise<void> => {
      const { account, amountMinor, reference } = checking;
      const reply = await ask('tender.check', { account, amountMinor, reference, pans: list.split(' ') });
      send({ type: 'reference-came', asked: checking, reply });
    };
    void check();
  }, [checking, list, send]);
}

function useRequote(flow: Flow, send: Dispatch<FlowEvent>): void {
  const { requoting, basket } = flow;
  useEffect(() => {
    if (!requoting) return;
    const again = async (): Promise<void> => {
      const replies = await Promise.all(
        basket.map(({ panel, quote }) =>
          ask('sale.quote', { pan: panel.pan, amountMinor: quote.amountMinor }),
        ),
      );
      send({ type: 'requoted', replies });
    };
    void again();
  }, [requoting, basket, send]);
}

/** The station answers a repeated request id with the stored outcome, so asking twice is never selling twice. */
function useVend(flow: Flow, send: Dispatch<FlowEvent>): void {
  const client = useQueryClient();
  const request = flow.step === 'selling' ? flow.vend : null;
  useEffect(() => {
    if (!request) return;
    const vend = async (): Promise<void> => {
      send({ type: 'sold', requestId: request.input.requestId, reply: await salesFor(request) });
      await refreshSales(client);
    };
    void vend();
  }, [request, send, client]);
}

async function salesFor(request: VendRequest): Promise<CallReply<readonly SaleView[]>> {
  if (request.call === 'sale.vend') {
    const reply = await ask('sale.vend', request.input);
    return reply.ok ? { ok: true, value: [reply.value] } : reply;
  }
  const reply = await ask('basket.vend', request.input);
  return reply.ok ? { ok: true, value: reply.value.sales } : reply;
}

async function refreshSales(client: QueryClient): Promise<void> {
  const old = ['sale.last', 'sale.open', 'station.status'];
  await client.invalidateQueries({ predicate: ({ queryKey }) => old.some((name) => name === queryKey[0]) });
}

function useRecovery(flow: Flow, send: Dispatch<FlowEvent>): void {
  const client = useQueryClient();
  const saleId = flow.recovering ? flow.sale?.saleId : undefined;
  const call = flow.givingUp ? 'sale.giveUp' : 'sale.recover';
  useEffect(() => {
    if (saleId === undefined) return;
    const recover = async (): Promise<void> => {
      const reply = await ask(call, { requestId: newRequestId(), saleId });
      send({ type: 'recovered', saleId, reply });
      await refreshSales(client);
    };
    void recover();
  }, [saleId, call, send, client]);
}
