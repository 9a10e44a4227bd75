import type { ReactNode } from 'react';
import type { MoneyLine } from '../../../contract/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import styles from './QuoteLines.module.css';

/** What every cent becomes, line by line. */
export function QuoteLines({ lines }: { readonly lines: readonly MoneyLine[] }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const figures = useFigures();
  return (
    <table className={styles.lines}>
      <caption className="unseen">{words('amount.lines')}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{words('amount.line')}</th>
          <th scope="col">{words('amount.detail')}</th>
          <th scope="col">{words('amount.money')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.label.id}-${index}`}>
            <td>{phrase(line.label)}</td>
            <td className={styles.detail}>{line.detail ? phrase(line.detail) : ''}</td>
            <td className={styles.money}>{figures.plainMoney(line.amountMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
