import { useEffect } from 'react';
import type { DisplayWanted } from '../../../contract/index.ts';
import { amountMinor } from '../../../units/index.ts';
import { usePlace } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';
import { cashReceived, currentQuote, type Flow } from './flow.ts';

/** Tells the station what the customer may see at this step; nothing once nobody is served here any more. */
export function useCustomerDisplay(flow: Flow): void {
  const { currency } = usePlace();
  const wanted = JSON.stringify(wantedOf(flow, currency));
  useEffect(() => {
    const due = JSON.parse(wanted) as DisplayWanted | null;
    void (due ? ask('display.set', due) : ask('display.clear', {}));
  }, [wanted]);
  useEffect(() => () => void ask('display.clear', {}), []);
}

function wantedOf(flow: Flow, currency: Parameters<typeof currentQuote>[1]): DisplayWanted | null {
  const { step, sale, panel } = flow;
  if (step === 'done' && sale) return { kind: 'sold', saleIds: [sale.saleId] };
  const quote = step === 'find' || step === 'doubt' ? null : currentQuote(flow, currency);
  if (!quote) return null;
  const typed =
    flow.receivedText.trim() === '' ? null : cashReceived(flow, amountMinor(quote.dueMinor), currency);
  return {
    kind: 'due',
    dueMinor: quote.dueMinor,
    receivedMinor: typed?.ok === true ? typed.value : null,
    language: panel?.customer.language ?? null,
  };
}
