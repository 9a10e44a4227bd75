import type { Dispatch, ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { storedChoice } from '../../app/stored-choice.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './DigitPad.module.css';
import { PAYING, type Flow, type FlowEvent } from './flow.ts';

const SIGNS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'];

const isShown = (text: unknown): text is 'shown' | 'hidden' => text === 'shown' || text === 'hidden';
/** Where fingers do the work the digits are there from the start. */
const shown = storedChoice('digit-pad', isShown, () =>
  window.matchMedia('(pointer: coarse)').matches ? 'shown' : 'hidden',
);

/** Digits for a finger: into the field that the step is about. */
export function DigitPad(props: {
  readonly flow: Flow;
  readonly send: Dispatch<FlowEvent>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, send, onNext } = props;
  const words = useWords();
  const isOpen = shown.use() === 'shown';
  const types = flow.step === 'find' || flow.step === 'amount' || PAYING.includes(flow.step);
  return (
    <div className={styles.place}>
      {isOpen && types ? (
        <fieldset className={styles.pad} aria-label={words('pad.label')}>
          {SIGNS.map((sign) => (
            <Button key={sign} isPadKey onPress={() => send({ type: 'typed', sign })}>
              {sign}
            </Button>
          ))}
          <Button isPadKey label={words('pad.erase')} onPress={() => send({ type: 'erased' })}>
            ⌫
          </Button>
          <div className={styles.wide}>
            <Button isPadKey label={words('pad.enter')} onPress={onNext}>
              ↵
            </Button>
          </div>
        </fieldset>
      ) : null}
      <Button kind="quiet" isPadKey onPress={() => shown.set(isOpen ? 'hidden' : 'shown')}>
        {words(isOpen ? 'pad.hide' : 'pad.show')}
      </Button>
    </div>
  );
}
