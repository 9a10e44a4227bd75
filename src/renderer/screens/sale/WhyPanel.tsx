import type { ReactNode } from 'react';
import type { ExplanationView, SaleView } from '../../../contract/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { useExplanation } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import lines from './QuoteLines.module.css';
import styles from './panels.module.css';
import why from './WhyPanel.module.css';

/** "Why this many units?": this purchase and the one before it, line by line. */
export function WhyPanel(props: { readonly sale: SaleView; readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const explanation = useExplanation(props.sale.saleId).data;
  return (
    <section className={styles.panel} aria-label={words('explain.title')}>
      <h2 className={why.title}>{words('explain.title')}</h2>
      {explanation ? <p className={why.headline}>{phrase(explanation.headline)}</p> : null}
      <div className={styles.scroll}>
        {explanation ? <Reasons explanation={explanation} /> : null}
        {explanation ? <Rows explanation={explanation} /> : null}
      </div>
      <Button kind="main" keyName={words('key.escape')} onPress={props.onClose}>
        {words('help.close')}
      </Button>
    </section>
  );
}

function Reasons({ explanation }: { readonly explanation: ExplanationView }): ReactNode {
  const phrase = usePhrase();
  return (
    <ul className={why.reasons}>
      {explanation.reasons.map((reason, index) => (
        <li key={index}>{phrase(reason)}</li>
      ))}
    </ul>
  );
}

function Rows({ explanation }: { readonly explanation: ExplanationView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const figures = useFigures();
  const money = (minor: number | null): string => (minor === null ? '–' : figures.plainMoney(minor));
  return (
    <table className={`${lines.lines} ${why.table}`}>
      <thead>
        <tr>
          <th scope="col">{words('amount.line')}</th>
          <th scope="col">{words('explain.before')}</th>
          <th scope="col">{words('explain.now')}</th>
        </tr>
      </thead>
      <tbody>
        {explanation.rows.map((row, index) => (
          <tr key={index} data-changed={row.changed}>
            <td>{phrase(row.label)}</td>
            <td className={lines.money}>{money(row.beforeMinor)}</td>
            <td className={lines.money}>{money(row.nowMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
