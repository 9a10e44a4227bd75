import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import styles from './panels.module.css';

/** How this meter's tokens are keyed in: what the customer is told with them. */
export function KeypadHelp({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  return (
    <p className={styles.quiet}>
      <strong>{words('keypad.title')}</strong> {sale.help.map(phrase).join(' ')}
    </p>
  );
}
