import type { ReactNode } from 'react';
import type { TariffVersionView } from '../../../contract/index.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { useTariffSentences } from '../../ipc/queries.ts';
import styles from './TariffsScreen.module.css';

/** A tariff in plain words, one sentence a rule. */
export function TariffWords({ tariff }: { readonly tariff: TariffVersionView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const sentences = useTariffSentences(tariff.tariffId, tariff.version).data?.sentences ?? [];
  return (
    <section aria-label={words('tariffs.words')}>
      <h3 className={styles.heading}>{words('tariffs.words')}</h3>
      <ul className={styles.sentences}>
        {sentences.map((sentence, index) => (
          <li key={index}>{phrase(sentence)}</li>
        ))}
      </ul>
    </section>
  );
}
