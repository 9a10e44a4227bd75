import type { ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './SignInScreen.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The PIN by touch. */
export function PinPad(props: {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly onClear: () => void;
}): ReactNode {
  const words = useWords();
  const digit = (sign: string): ReactNode => (
    <Button key={sign} isPadKey onPress={() => props.onDigit(sign)}>
      {sign}
    </Button>
  );
  return (
    <fieldset className={styles.pad} aria-label={words('signin.pad')}>
      {DIGITS.map(digit)}
      <Button kind="quiet" isPadKey onPress={props.onClear}>
        {words('signin.clear')}
      </Button>
      {digit('0')}
      <Button kind="quiet" isPadKey onPress={props.onErase} label={words('signin.erase')}>
        ⌫
      </Button>
    </fieldset>
  );
}
