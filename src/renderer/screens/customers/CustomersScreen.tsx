import { useEffect, useState, type ReactNode } from 'react';
import type { CustomerEntry, MeterFacts } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Office } from '../drawer/Office.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { EntryView } from './EntryView.tsx';
import { FindCustomer } from './FindCustomer.tsx';
import { MeterForm } from './MeterForm.tsx';
import { MoveForm } from './MoveForm.tsx';

/** What is done on the page; a step back leads to the entry, and from there to the search. */
type Doing =
  | { readonly kind: 'find' }
  | { readonly kind: 'entry'; readonly saved: boolean }
  | { readonly kind: 'customer' }
  | { readonly kind: 'meter'; readonly meter: MeterFacts | null }
  | { readonly kind: 'move'; readonly meter: MeterFacts };

/** Customers and their meters: looked up, added, corrected, moved. */
export function CustomersScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const [doing, setDoing] = useState<Doing>({ kind: 'find' });
  const [entry, setEntry] = useState<CustomerEntry | null>(null);
  const saved = (changed: CustomerEntry): void => {
    setEntry(changed);
    setDoing({ kind: 'entry', saved: true });
  };
  const open = async (customerId: string): Promise<void> => {
    setEntry(await need('customers.entry', { by: 'customerId', key: customerId }));
    setDoing({ kind: 'entry', saved: false });
  };
  const back = (): void => {
    if (doing.kind === 'find') onClose();
    else if (doing.kind === 'entry' || !entry) {
      setEntry(null);
      setDoing({ kind: 'find' });
    } else setDoing({ kind: 'entry', saved: false });
  };
  useStepBack(doing.kind === 'find' ? null : back);
  return (
    <Office title={words('customers.title')} onClose={back}>
      {doing.kind === 'find' ? (
        <FindCustomer
          onFound={({ customerId }) => void open(customerId)}
          onAdd={() => setDoing({ kind: 'customer' })}
        />
      ) : null}
      {doing.kind === 'customer' ? <CustomerForm customer={entry?.customer ?? null} onSaved={saved} /> : null}
      {entry && doing.kind === 'entry' ? (
        <EntryView
          entry={entry}
          saved={doing.saved}
          onEdit={() => setDoing({ kind: 'customer' })}
          onMeter={(meter) => setDoing({ kind: 'meter', meter })}
          onMove={(meter) => setDoing({ kind: 'move', meter })}
        />
      ) : null}
      {entry && doing.kind === 'meter' ? (
        <MeterForm customerId={entry.customer.customerId} meter={doing.meter} onSaved={saved} />
      ) : null}
      {doing.kind === 'move' ? <MoveForm meter={doing.meter} onSaved={saved} /> : null}
    </Office>
  );
}

/** Escape goes one step back inside the page, before it leaves it. */
function useStepBack(back: (() => void) | null): void {
  useEffect(() => {
    if (!back) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      back();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [back]);
}
