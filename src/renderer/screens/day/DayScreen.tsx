import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DayEndStep } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import { DrawerScreen } from '../drawer/DrawerScreen.tsx';
import { Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';
import { BankingScreen } from './BankingScreen.tsx';

const STANDING: Readonly<Record<DayEndStep['state'], Standing>> = {
  done: 'good',
  waiting: 'idle',
  problem: 'warn',
  'not-set-up': 'idle',
};
const DAY_EVERY_MS = 5_000;
type Page = 'drawer' | 'banking';

/** Where each step is done; the others need nobody's hand. */
const PAGE_OF: Readonly<Partial<Record<DayEndStep['id'], Page>>> = {
  count: 'drawer',
  variance: 'drawer',
  z: 'drawer',
  banking: 'banking',
};

/** The day's end from top to bottom: what is done, what waits, and a button to the page where it is done. */
export function DayScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [page, setPage] = useState<Page | null>(null);
  const day = useQuery({
    queryKey: ['day.state'],
    queryFn: () => need('day.state', {}),
    refetchInterval: DAY_EVERY_MS,
  }).data;
  const back = (): void => setPage(null);
  if (page === 'drawer') return <DrawerScreen onClose={back} />;
  if (page === 'banking') return <BankingScreen onClose={back} />;
  if (!day) return null;
  const next = day.steps.find(({ state }) => state === 'waiting' || state === 'problem');
  return (
    <Office title={words('day.title')} onClose={onClose}>
      {day.green ? <p className={styles.green}>{words('day.green')}</p> : null}
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <ol className={styles.steps}>
        {day.steps.map((step) => (
          <Step key={step.id} step={step} isNext={step === next} onOpen={setPage} />
        ))}
      </ol>
      <div className={styles.row}>
        <Button
          onPress={() => void call.run('cycle.end', { requestId: newRequestId(), kind: 'sales' })}
          isDisabled={call.busy}
        >
          {words('day.end-sales')}
        </Button>
      </div>
    </Office>
  );
}

function Step(props: {
  readonly step: DayEndStep;
  readonly isNext: boolean;
  readonly onOpen: (page: Page) => void;
}): ReactNode {
  const { step, isNext, onOpen } = props;
  const words = useWords();
  const figures = useFigures();
  const page = PAGE_OF[step.id];
  return (
    <li>
      <Sign standing={STANDING[step.state]} />
      <span>
        <strong>{words(`day.step.${step.id}`)}</strong>
        <span className={styles.quiet}>
          {words(`day.state.${step.state}`)}
          {step.count > 0 ? ` · ${step.count}` : ''}
          {step.amountMinor === null || step.amountMinor === 0 ? '' : ` · ${figures.money(step.amountMinor)}`}
        </span>
      </span>
      {page && step.state !== 'done' ? (
        <Button kind={isNext ? 'main' : 'plain'} onPress={() => onOpen(page)}>
          {words('day.go')}
        </Button>
      ) : null}
    </li>
  );
}
