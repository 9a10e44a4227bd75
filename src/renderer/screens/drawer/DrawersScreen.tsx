import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DrawerSetUp } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { Choice, Field, Form, Office } from './Office.tsx';
import { useCall } from './use-call.ts';

/** Which drawers this station has, which notes and coins are counted, and who closes a shift. */
export function DrawersScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const known = useQuery({ queryKey: ['drawers.read'], queryFn: () => need('drawers.read', {}) }).data;
  return (
    <Office title={words('drawers.title')} onClose={onClose}>
      {known ? <SetUp known={known} /> : null}
    </Office>
  );
}

/** What stands between two of them, in every language's own comma too. */
const listed = (text: string): string[] =>
  text
    .split(/[;،\n]|,(?=\s)/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** What stands in the fields, and how it is kept. */
type Typed = {
  readonly drawers: string;
  readonly money: string;
  readonly closer: 'same' | 'another';
  readonly beneficiary: string;
};

/** The amounts that were typed, or undefined while one of them is none. */
function useAmounts(money: string): readonly number[] | undefined {
  const { currency } = usePlace();
  const amounts = listed(money).map((each) => parseAmount(each, currency));
  const minor = amounts.flatMap((each) => (each.ok ? [each.value] : []));
  return minor.length > 0 && minor.length === amounts.length ? minor : undefined;
}

function useTyped(known: DrawerSetUp) {
  const figures = useFigures();
  const typedOf = (setUp: DrawerSetUp): Typed => ({
    drawers: setUp.drawers.join('; '),
    money: setUp.denominationsMinor.map((minor) => figures.typedMoney(minor)).join('; '),
    closer: setUp.closedByAnother ? 'another' : 'same',
    beneficiary: setUp.beneficiary,
  });
  const [typed, setTyped] = useState(() => typedOf(known));
  const change = (part: Partial<Typed>): void => setTyped({ ...typed, ...part });
  return { typed, change, show: (setUp: DrawerSetUp) => setTyped(typedOf(setUp)) };
}

function SetUp({ known }: { readonly known: DrawerSetUp }): ReactNode {
  const words = useWords();
  const call = useCall();
  const queries = useQueryClient();
  const { typed, change, show } = useTyped(known);
  const denominationsMinor = useAmounts(typed.money);
  const [outcome, setOutcome] = useState<'saved' | 'no-money' | null>(null);
  const submit = async (): Promise<void> => {
    setOutcome(denominationsMinor === undefined ? 'no-money' : null);
    if (denominationsMinor === undefined) return;
    const done = await call.run('drawers.change', {
      requestId: newRequestId(),
      drawers: listed(typed.drawers),
      denominationsMinor: [...denominationsMinor],
      closedByAnother: typed.closer === 'another',
      beneficiary: typed.beneficiary,
    });
    if (!done) return;
    queries.setQueryData(['drawers.read'], done);
    show(done);
    setOutcome('saved');
  };
  return (
    <Form
      label={words('drawers.title')}
      submit={words('drawers.save')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {outcome === 'no-money' ? (
        <ProblemCard problem={{ code: 'drawer-set-up', params: { reason: 'money' } }} />
      ) : null}
      <Fields typed={typed} denominationsMinor={denominationsMinor} onChange={change} />
      <output>
        {outcome === 'saved' ? (
          <>
            <Sign standing="good" /> {words('drawers.saved')}
          </>
        ) : null}
      </output>
    </Form>
  );
}

function Fields(props: {
  readonly typed: Typed;
  readonly denominationsMinor: readonly number[] | undefined;
  readonly onChange: (part: Partial<Typed>) => void;
}): ReactNode {
  const { typed, denominationsMinor, onChange } = props;
  const words = useWords();
  const figures = useFigures();
  const money = denominationsMinor?.map((minor) => figures.money(minor)).join(' · ');
  return (
    <>
      <Field
        label={words('drawers.names')}
        value={typed.drawers}
        onChange={(drawers) => onChange({ drawers })}
        hint={words('drawers.names.hint', { count: listed(typed.drawers).length })}
        first
      />
      <Field
        label={words('drawers.money')}
        value={typed.money}
        onChange={(text) => onChange({ money: text })}
        hint={money ?? words('drawers.money.hint')}
      />
      <Choice
        label={words('drawers.closer')}
        value={typed.closer}
        onChange={(closer) => onChange({ closer })}
        options={[
          { value: 'same', text: words('drawers.closer.same') },
          { value: 'another', text: words('drawers.closer.another') },
        ]}
      />
      <Field
        label={words('drawers.beneficiary')}
        value={typed.beneficiary}
        onChange={(beneficiary) => onChange({ beneficiary })}
        hint={words('drawers.beneficiary.hint')}
      />
    </>
  );
}
