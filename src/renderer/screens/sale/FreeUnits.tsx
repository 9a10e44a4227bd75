import type { ReactNode } from 'react';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './panels.module.css';
import { freeUnitsKey, type FreeUnitsControl } from './use-free-units.ts';

/** What the price list gives this meter for nothing: due now with the key that issues it, or why not. */
export function FreeUnits({ free }: { readonly free: FreeUnitsControl }): ReactNode {
  const { panel } = free;
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  const shown = panel?.freeUnits.filter((each) => !free.issued.includes(freeUnitsKey(each))) ?? [];
  if (!panel || panel.refusal || shown.length === 0) return null;
  return (
    <section className={styles.card} aria-label={words('keys.free')}>
      {shown.map(({ name, unitsTenths, refusal, ...of }) => {
        const key = freeUnitsKey(of);
        if (refusal) return <p key={key}>{phrase(refusal)}</p>;
        const units = figures.units(unitsTenths, panel.resource);
        return (
          <p key={key} className={styles.cardTitle}>
            {words('free.due', { name, units })}
          </p>
        );
      })}
      {free.problem ? <ProblemCard problem={free.problem} /> : null}
      {free.issue ? (
        <Button keyName="F3" onPress={free.issue}>
          {words('free.issue', { name: free.name })}
        </Button>
      ) : null}
    </section>
  );
}
