import { useEffect, useId, useState, type ReactNode } from 'react';
import type { CallOutput, CallReply, TariffVersionView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { useFigures, usePhrase, usePlace, useWords } from '../../app/words.ts';
import { useTariffSentences } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { QuoteLines } from '../sale/QuoteLines.tsx';
import styles from './TariffsScreen.module.css';

type Answer = CallReply<CallOutput<'tariffs.try'>>;

/** An amount against a tariff, on a new account: what every cent becomes. */
export function TariffTrial({ tariff }: { readonly tariff: TariffVersionView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const figures = useFigures();
  const { currency } = usePlace();
  const id = useId();
  const [text, setText] = useState('');
  const categories = useTariffSentences(tariff.tariffId, tariff.version).data?.categories ?? [];
  const [chosen, setChosen] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const amount = parseAmount(text, currency);
  const minor = amount.ok ? amount.value : undefined;
  const { tariffId, version } = tariff;
  useEffect(() => {
    if (minor === undefined) return undefined;
    let current = true;
    const tryIt = async (): Promise<void> => {
      const category = chosen === '' ? {} : { category: chosen };
      const reply = await ask('tariffs.try', { tariffId, version, amountMinor: minor, ...category });
      if (current) setAnswer(reply);
    };
    void tryIt();
    return () => {
      current = false;
    };
  }, [minor, tariffId, version, chosen]);
  const shown = minor === undefined ? null : answer;
  return (
    <section aria-label={words('tariffs.try')} className={styles.trial}>
      <label className={styles.heading} htmlFor={id}>
        {words('tariffs.try')}
      </label>
      <div className={styles.trialRow}>
        <span>{currency.code}</span>
        <input
          id={id}
          className={styles.amount}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {categories.length > 0 ? (
          <CategoryChoice categories={categories} chosen={chosen} onChoose={setChosen} />
        ) : null}
        <output className={styles.gives}>
          {shown?.ok
            ? words('tariffs.gives', { units: figures.units(shown.value.unitsTenths, shown.value.resource) })
            : ''}
        </output>
      </div>
      {shown?.ok ? <QuoteLines lines={shown.value.lines} /> : null}
      {shown?.ok ? shown.value.notices.map((notice) => <p key={notice.id}>{phrase(notice)}</p>) : null}
      {shown && !shown.ok ? <ProblemCard problem={shown.error} /> : null}
      {!amount.ok && text !== '' ? <TypingProblem error={amount.error} /> : null}
    </section>
  );
}

function CategoryChoice({
  categories,
  chosen,
  onChoose,
}: {
  readonly categories: readonly string[];
  readonly chosen: string;
  readonly onChoose: (category: string) => void;
}): ReactNode {
  const words = useWords();
  return (
    <label className={styles.category}>
      <span>{words('tariffs.category')}</span>
      <select className={styles.choice} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{words('tariffs.category.none')}</option>
        {categories.map((category) => (
          <option key={category} value={category}>
            {category}
          </option>
        ))}
      </select>
    </label>
  );
}

function TypingProblem({
  error,
}: {
  readonly error: Extract<ReturnType<typeof parseAmount>, { ok: false }>['error'];
}): ReactNode {
  const { code, ...params } = error;
  return <ProblemCard problem={{ code, params }} />;
}
