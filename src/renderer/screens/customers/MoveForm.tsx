import { useState, type ReactNode } from 'react';
import type { CustomerEntry, MeterFacts } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { useCall } from '../drawer/use-call.ts';
import { FindCustomer } from './FindCustomer.tsx';

/** Whose a meter is from now on: the customer is looked up, and choosing one moves it. */
export function MoveForm(props: {
  readonly meter: MeterFacts;
  readonly onSaved: (entry: CustomerEntry) => void;
}): ReactNode {
  const { meter, onSaved } = props;
  const { pan, texts } = meter;
  const words = useWords();
  const call = useCall();
  const [requestId, setRequestId] = useState(newRequestId);
  const move = async (customerId: string): Promise<void> => {
    const saved = await call.run('customers.putMeter', { requestId, pan, customerId, texts });
    if (saved) onSaved(saved);
    else setRequestId(newRequestId());
  };
  return (
    <>
      <h3>{words('customers.meter.move', { meter: groupDigits(texts.meter_number) })}</h3>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <FindCustomer label={words('customers.move.to')} onFound={({ customerId }) => void move(customerId)} />
    </>
  );
}
