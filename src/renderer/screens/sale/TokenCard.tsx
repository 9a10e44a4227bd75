import type { ReactNode } from 'react';
import type { Phrase, SaleTokenView, SaleView } from '../../../contract/index.ts';
import { groupToken, type Translator } from '../../../i18n/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { TokenAloud } from './TokenAloud.tsx';
import styles from './panels.module.css';

/** One token in groups of four, as large as it can be read aloud from. */
export function TokenCard(props: { readonly token: SaleTokenView; readonly sale: SaleView }): ReactNode {
  const { token, sale } = props;
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  const hasUnits = token.kind === 'credit' || token.kind === 'free';
  return (
    <div className={styles.token} data-token={token.digits}>
      <p className={styles.tokenTop}>
        <span className={styles.what}>{heading(words, phrase, token)}</span>
        <TokenAloud digits={token.digits} />
        {hasUnits ? (
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

/** What the token is; where there are several, its place in the order to key them in. */
function heading(words: Translator, phrase: (of: Phrase) => string, token: SaleTokenView): string {
  const { kind, does, position, of } = token;
  if (kind === 'key-change') return words('done.token.key-change', { position, of });
  const name = does ? phrase(does) : words(kind === 'free' ? 'done.token.free' : 'done.token');
  return of > 1 ? words('receipt.token.numbered', { heading: name, position, of }) : name;
}
