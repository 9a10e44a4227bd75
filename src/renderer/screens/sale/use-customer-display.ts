import { useEffect } from 'react';
import type { DisplayWanted } from '../../../contract/index.ts';
import type { Currency } from '../../../units/index.ts';
import { usePlace } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';
import { cashReceived, leftMinor, quotesToPay, type Flow } from './flow.ts';

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

function wantedOf(flow: Flow, currency: Currency): DisplayWanted | null {
  const { step, sale, panel, basket } = flow;
  const shown = flow.sales.length > 0 ? flow.sales : sale ? [sale] : [];
  const sold = shown.filter(({ state }) => state === 'recorded');
  if (step === 'done')
    return sold.length > 0 ? { kind: 'sold', saleIds: sold.map(({ saleId }) => saleId) } : null;
  const pays = step !== 'find' && step !== 'doubt' && quotesToPay(flow, currency).length > 0;
  if (!pays) return null;
  const left = leftMinor(flow, currency);
  const typed = flow.receivedText.trim() === '' ? null : cashReceived(flow, left, currency);
  return {
    kind: 'due',
    dueMinor: left,
    receivedMinor: typed?.ok === true ? typed.value : null,
    language: panel?.customer.language ?? basket[0]?.panel.customer.language ?? null,
  };
}
