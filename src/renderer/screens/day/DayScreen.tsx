import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DayEndStep, SaleView } from '../../../contract/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import { Ended } from '../decisions/DecisionsScreen.tsx';
import { Office } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { StepPanel } from './StepPanel.tsx';

const STANDING: Readonly<Record<DayEndStep['state'], Standing>> = {
  done: 'good',
  waiting: 'idle',
  busy: 'idle',
  problem: 'warn',
  'not-set-up': 'idle',
};
const DAY_EVERY_MS = 2_000;

/**
 * The day's end from top to bottom: the steps on the left, what is to be done now on the right. It moves on by
 * itself; a step can be looked at again, or left for later.
 */
export function DayScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const [chosen, setChosen] = useState<DayEndStep['id'] | null>(null);
  const [ended, setEnded] = useState<SaleView | null>(null);
  const day = useQuery({
    queryKey: ['day.state'],
    queryFn: () => need('day.state', {}),
    refetchInterval: DAY_EVERY_MS,
  }).data;
  if (!day) return null;
  const waits = (step: DayEndStep): boolean => step.state !== 'done' && step.state !== 'not-set-up';
  const next = day.steps.find(waits);
  const current = day.steps.find(({ id }) => id === chosen) ?? next;
  const later = current && day.steps.slice(day.steps.indexOf(current) + 1).find(waits);
  return (
    <Office title={words('day.title')} onClose={onClose}>
      <div className={styles.split}>
        <ol className={styles.steps} aria-label={words('day.title')}>
          {day.steps.map((step) => (
            <li key={step.id}>
              <StepButton
                step={step}
                isCurrent={step === current}
                onPress={() => {
                  setEnded(null);
                  setChosen(step.id);
                }}
              />
            </li>
          ))}
        </ol>
        {ended ? (
          <Ended sale={ended} onNext={() => setEnded(null)} />
        ) : current ? (
          <StepPanel
            key={current.id}
            step={current}
            onDone={() => setChosen(null)}
            onLater={later ? () => setChosen(later.id) : null}
            onEnded={setEnded}
          />
        ) : null}
        {day.green && !current && !ended ? (
          <p className={styles.green} role="status">
            <Sign standing="good" />
            {words('day.green')}
          </p>
        ) : null}
      </div>
    </Office>
  );
}

function StepButton(props: {
  readonly step: DayEndStep;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { step, isCurrent, onPress } = props;
  const words = useWords();
  const figures = useFigures();
  const amount =
    step.amountMinor === null || step.amountMinor === 0 || (step.id === 'banking' && step.amountMinor < 0)
      ? ''
      : ` · ${figures.money(step.amountMinor)}`;
  return (
    <button
      type="button"
      className={styles.step}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onPress}
    >
      <Sign standing={STANDING[step.state]} />
      <span>
        <strong>{words(`day.step.${step.id}`)}</strong>
        <span className={styles.quiet}>
          {words(`day.state.${step.state}`, { count: step.count })}
          {amount}
        </span>
      </span>
    </button>
  );
}
