import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './FunctionKeys.module.css';
import { useWords } from './words.ts';

export type FunctionKeyButton = {
  readonly keyName: string;
  readonly text: string;
  readonly run: () => void;
};

/** The function keys that do something on this screen, each a button too. */
export function FunctionKeys({ keys }: { readonly keys: readonly FunctionKeyButton[] }): ReactNode {
  const words = useWords();
  return (
    <footer className={styles.keys} aria-label={words('keys.label')}>
      {keys.map((key) => (
        <Button key={key.keyName} kind="quiet" keyName={key.keyName} onPress={key.run}>
          {key.text}
        </Button>
      ))}
    </footer>
  );
}
