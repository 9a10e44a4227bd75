import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, type Dispatch } from 'react';
import { moneyText } from '../../../i18n/index.ts';
import { usePlace } from '../../app/words.ts';
import { newRequestId } from '../../app/ids.ts';
import { ask } from '../../ipc/station.ts';
import { useCustomerDisplay } from './use-customer-display.ts';
import { amountToPay, EMPTY_FLOW, makeFlowReducer, type Flow, type FlowEvent } from './flow.ts';

/** A pause in typing after which a search is worth its work. Enter does not wait for it. */
const SEARCH_PAUSE_MS = 120;

/** Shorter texts match half the directory. */
const SEARCH_FROM_SIGNS = 3;

/** The sale screen's state, and what has to be asked of the station while it stands. */
export function useFlow(): readonly [Flow, Dispatch<FlowEvent>] {
  const { currency } = usePlace();
  const reducer = useMemo(
    () => makeFlowReducer(currency, (amount) => moneyText(amount, currency)),
    [currency],
  );
  const [flow, send] = useReducer(reducer, EMPTY_FLOW);
  useSearch(flow, send);
  usePanel(flow, send);
  useQuote(flow, send);
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
  const amount = amountToPay(flow, currency);
  const pan = flow.panel?.refusal === null ? flow.panel.pan : undefined;
  const due = amount.ok ? amount.value : undefined;
  const known = flow.quote !== null && flow.quote.pan === pan && flow.quote.amountMinor === due;
  const wanted = flow.step === 'amount' && !known;
  useEffect(() => {
    if (!wanted || pan === undefined || due === undefined) return undefined;
    let current = true;
    const quote = async (): Promise<void> => {
      const reply = await ask('sale.quote', { pan, amountMinor: due });
      if (current) send({ type: 'quote-came', quote: { pan, amountMinor: due, reply } });
    };
    void quote();
    return () => {
      current = false;
    };
  }, [wanted, pan, due, send]);
}

/** The station answers a repeated request id with the stored outcome, so asking twice is never selling twice. */
function useVend(flow: Flow, send: Dispatch<FlowEvent>): void {
  const client = useQueryClient();
  const request = flow.step === 'selling' ? flow.vend : null;
  useEffect(() => {
    if (!request) return;
    const vend = async (): Promise<void> => {
      const reply = await ask('sale.vend', request);
      send({ type: 'sold', requestId: request.requestId, reply });
      await refreshSales(client);
    };
    void vend();
  }, [request, send, client]);
}

async function refreshSales(client: QueryClient): Promise<void> {
  const old = ['sale.last', 'sale.open', 'station.status'];
  await client.invalidateQueries({ predicate: ({ queryKey }) => old.some((name) => name === queryKey[0]) });
}

function useRecovery(flow: Flow, send: Dispatch<FlowEvent>): void {
  const client = useQueryClient();
  const saleId = flow.recovering ? flow.sale?.saleId : undefined;
  useEffect(() => {
    if (saleId === undefined) return;
    const recover = async (): Promise<void> => {
      const reply = await ask('sale.recover', { requestId: newRequestId(), saleId });
      send({ type: 'recovered', saleId, reply });
      await refreshSales(client);
    };
    void recover();
  }, [saleId, send, client]);
}
