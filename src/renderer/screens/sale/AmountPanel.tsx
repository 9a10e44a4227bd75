import type { Dispatch, ReactNode, RefObject } from 'react';
import type { MeterPanel, Phrase, QuoteView } from '../../../contract/index.ts';
import { UNIT_SIGNS } from '../../../i18n/index.ts';
import { useFigures, usePhrase, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { EntryField } from './EntryField.tsx';
import { QuoteLines } from './QuoteLines.tsx';
import { RefusalCard } from './RefusalCard.tsx';
import { WayKeys } from './WayKeys.tsx';
import { currentQuote, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';
import type { Ways } from './ways.ts';

/** How much the customer buys, by money or by units, and what it becomes while the figures are typed. */
export function AmountPanel(props: {
  readonly flow: Flow;
  readonly panel: MeterPanel;
  readonly ways: Ways;
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, panel, ways, send, field, onNext } = props;
  const words = useWords();
  const { currency } = usePlace();
  const figures = useFigures();
  const quote = currentQuote(flow, currency);
  const last = panel.lastPurchases[0]?.amountMinor;
  if (panel.refusal) return <RefusalCard reason={panel.refusal} onNext={onNext} />;
  const byUnits = flow.unit === 'units';
  return (
    <section className={styles.panel} aria-label={words('amount.label')}>
      <EntryField
        label={words(byUnits ? 'amount.units' : 'amount.label')}
        step="amount"
        text={flow.amountText}
        sign={byUnits ? UNIT_SIGNS[panel.resource] : currency.code}
        proposal={last === undefined || byUnits ? null : figures.typedMoney(last)}
        proposalNote={last === undefined || byUnits ? null : words('amount.same')}
        field={field}
        onChange={(text) => send({ type: 'amount-changed', text })}
      />
      {flow.problem ? <ProblemCard problem={flow.problem} /> : null}
      <div className={styles.gives}>
        <Gives quote={quote} byUnits={byUnits} />
        <Button kind="quiet" keyName="*" onPress={() => ways.switchUnit?.()}>
          {words(byUnits ? 'amount.by-money' : 'amount.by-units')}
        </Button>
      </div>
      <div className={styles.scroll}>
        {quote ? <QuoteLines lines={quote.lines} /> : null}
        {quote ? <Notices notices={quote.notices} /> : null}
        {flow.problem?.code === 'nothing-to-buy' ? null : <Range panel={panel} />}
      </div>
      <WayKeys ways={ways} />
      <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
        {flow.basket.length === 0
          ? words('amount.next')
          : words('basket.pay', { count: flow.basket.length + 1 })}
      </Button>
    </section>
  );
}

/** The units that the money gives, or the money that the units cost. */
function Gives(props: { readonly quote: QuoteView | null; readonly byUnits: boolean }): ReactNode {
  const { quote, byUnits } = props;
  const words = useWords();
  const figures = useFigures();
  const units = quote ? figures.units(quote.unitsTenths, quote.resource) : '–';
  const cost = quote ? figures.money(quote.dueMinor) : '–';
  return (
    <p className={styles.gives} aria-live="polite">
      <span className={styles.what}>{words(byUnits ? 'amount.costs' : 'amount.gives')}</span>
      <span className={styles.hero}>{byUnits ? cost : units}</span>
      {byUnits && quote ? <span className={styles.what}>{units}</span> : null}
    </p>
  );
}

/** The smallest and the largest amount, with the reason where there is one; or why no amount is both. */
function Range({ panel }: { readonly panel: MeterPanel }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  const { minimum, maximum } = panel;
  if (minimum.amountMinor > maximum.amountMinor)
    return (
      <div className={styles.nothing}>
        <Sign standing="warn" />
        <p>
          {words('amount.nothing')} {phrase(maximum.reason)}
        </p>
      </div>
    );
  const reasons = [minimum, maximum].filter(({ reason }) => reason.id !== 'limit.none');
  return (
    <div className={styles.range}>
      <p>
        {words('amount.range', {
          minimum: figures.money(minimum.amountMinor),
          maximum: figures.money(maximum.amountMinor),
        })}
      </p>
      {reasons.map(({ reason, amountMinor }) => (
        <p key={`${reason.id}${amountMinor}`}>
          {figures.money(amountMinor)}: {phrase(reason)}
        </p>
      ))}
    </div>
  );
}

/** What is said before payment: a dearer block ahead, a figure that may still be settled. */
function Notices({ notices }: { readonly notices: readonly Phrase[] }): ReactNode {
  const phrase = usePhrase();
  return (
    <ul className={styles.notices}>
      {notices.map((notice) => (
        <li key={notice.id}>{phrase(notice)}</li>
      ))}
    </ul>
  );
}
