import { useState, type ReactNode } from 'react';
import type { CustomerEntry, CustomerTexts, CustomerView } from '../../../contract/index.ts';
import { LANGUAGES, LOCALES } from '../../../i18n/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';

const FIELDS = ['name', 'account', 'phone', 'address'] as const;

/** A customer's name, account, phone, address and language: of a new one, or corrected. */
export function CustomerForm(props: {
  readonly customer: CustomerView | null;
  readonly onSaved: (entry: CustomerEntry) => void;
}): ReactNode {
  const { customer, onSaved } = props;
  const words = useWords();
  const call = useCall();
  // One id for one form: pressed twice, it is saved once.
  const [requestId, setRequestId] = useState(newRequestId);
  const [texts, setTexts] = useState<CustomerTexts>({
    name: customer?.name ?? '',
    account: customer?.account ?? '',
    phone: customer?.phone ?? '',
    address: customer?.address ?? '',
    language: customer?.language ?? '',
  });
  const set = (change: Partial<CustomerTexts>): void => setTexts({ ...texts, ...change });
  const save = async (): Promise<void> => {
    const input = { requestId, customerId: customer?.customerId ?? null, texts };
    const saved = await call.run('customers.putCustomer', input);
    if (saved) onSaved(saved);
    else setRequestId(newRequestId());
  };
  const title = words(customer ? 'customers.edit' : 'customers.add');
  const own = { value: '', text: words('customers.language.own') };
  return (
    <Form label={title} submit={words('customers.save')} busy={call.busy} onSubmit={() => void save()}>
      <h3>{title}</h3>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={words('customers.field', { field })}
          value={texts[field]}
          onChange={(value) => set({ [field]: value })}
          first={field === 'name'}
        />
      ))}
      <Choice
        label={words('customers.field', { field: 'language' })}
        value={texts.language}
        options={[own, ...LOCALES.map((value) => ({ value, text: LANGUAGES[value].name }))]}
        onChange={(language) => set({ language })}
      />
    </Form>
  );
}
