import type { ReactNode } from 'react';
import type { ReferredAccount } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './panels.module.css';
import { WAY_KEYS, type Ways } from './ways.ts';

/** Other ways to pay, each with its key; `current` is the one that is being typed. */
export function WayKeys(props: {
  readonly ways: Ways;
  readonly isDisabled?: boolean;
  readonly current?: ReferredAccount | 'split';
}): ReactNode {
  const { ways, isDisabled = false, current } = props;
  const words = useWords();
  const { pay, add } = ways;
  return (
    <fieldset className={styles.ways} aria-label={words('tender.ways')}>
      {WAY_KEYS.filter(([way]) => way !== current).map(([way, keyName]) => (
        <Button key={way} keyName={keyName} isDisabled={isDisabled || !pay} onPress={() => pay?.(way)}>
          {words(way === 'split' ? 'tender.split' : `account.${way}`)}
        </Button>
      ))}
      {add ? (
        <Button keyName="+" isDisabled={isDisabled} onPress={add}>
          {words('basket.add')}
        </Button>
      ) : null}
    </fieldset>
  );
}
