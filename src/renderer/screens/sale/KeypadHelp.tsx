import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import styles from './panels.module.css';

/** The sign on the key that ends a token on most keypads. */
const ENTER_SIGN = '↵';

/** How this meter's tokens are keyed in: what the customer is told with them. */
export function KeypadHelp({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  const count = sale.tokens.length;
  const parts = [
    ...(count > 1 ? [words('keypad.several', { count })] : []),
    words('keypad.one', { sign: ENTER_SIGN }),
    ...(sale.resource === 'water' ? [words('keypad.water')] : []),
  ];
  return (
    <p className={styles.quiet}>
      <strong>{words('keypad.title')}</strong> {parts.join(' ')}
    </p>
  );
}
