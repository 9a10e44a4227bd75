import type { ReactNode } from 'react';
import type { SaleTokenView, SaleView } from '../../../contract/index.ts';
import { groupToken } from '../../../i18n/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import styles from './panels.module.css';

/** One token in groups of four, as large as it can be read aloud from. */
export function TokenCard(props: { readonly token: SaleTokenView; readonly sale: SaleView }): ReactNode {
  const { token, sale } = props;
  const words = useWords();
  const figures = useFigures();
  const credit = token.kind === 'credit';
  return (
    <div className={styles.token} data-token={token.digits}>
      <p className={styles.tokenTop}>
        <span className={styles.what}>
          {credit
            ? words('done.token')
            : words('done.token.key-change', { position: token.position, of: token.of })}
        </span>
        {credit ? (
          <span className={styles.tokenUnits}>{figures.units(sale.unitsTenths, sale.resource)}</span>
        ) : null}
      </p>
      {/* Read out digit by digit: a number of twenty digits is no help. */}
      <p className="unseen">
        {words('done.token.spoken', { digits: token.digits.replace(/\d(?=\d)/gu, '$& ') })}
      </p>
      <p className={styles.groups} aria-hidden="true">
        {groupToken(token.digits)
          .split(' ')
          .map((group, index) => (
            <span key={index}>{group}</span>
          ))}
      </p>
    </div>
  );
}
