import type { ReactNode } from 'react';
import type { ShiftFiguresView } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import styles from './office.module.css';

type Line = { readonly key: string; readonly label: string; readonly minor: number };

/** An X or a Z as the paper has it: each tender from its float to its variance, then the sales behind it. */
export function FiguresTable({ figures }: { readonly figures: ShiftFiguresView }): ReactNode {
  const words = useWords();
  const { movements, expected, variances, sales, undone, handed, doubts } = figures;
  const accounts = [...new Set(movements.map(({ account }) => account))];
  const ofTender = (account: string): readonly Line[] => [
    ...movements
      .filter((each) => each.account === account)
      .map((each) => ({
        key: each.kind,
        label: words(`slip.kind.${each.kind}` as MessageId),
        minor: each.debitMinor - each.creditMinor,
      })),
    ...expected
      .filter((each) => each.account === account)
      .map((each) => ({ key: 'expected', label: words('slip.expected'), minor: each.amountMinor })),
    ...variances
      .filter((each) => each.account === account)
      .flatMap((each) => [
        { key: 'counted', label: words('slip.counted'), minor: each.countedMinor },
        { key: 'variance', label: words('slip.variance'), minor: each.varianceMinor },
      ]),
  ];
  return (
    <>
      {accounts.map((account) => (
        <Lines key={account} title={words(`account.${account}`)} lines={ofTender(account)} />
      ))}
      <Lines
        title={words('slip.sales')}
        lines={[
          { key: 'sold', label: `${words('slip.sold')} (${sales.count})`, minor: sales.amountMinor },
          { key: 'undone', label: `${words('slip.undone')} (${undone.count})`, minor: undone.amountMinor },
          { key: 'received', label: words('slip.received'), minor: handed.receivedMinor },
          { key: 'change', label: words('slip.change'), minor: handed.changeMinor },
        ]}
      />
      {doubts.length === 0 ? null : (
        <Lines
          title={words('slip.doubts')}
          lines={doubts.map((doubt) => ({
            key: doubt.receiptNumber,
            label: doubt.receiptNumber,
            minor: doubt.amountMinor,
          }))}
        />
      )}
    </>
  );
}

function Lines(props: { readonly title: string; readonly lines: readonly Line[] }): ReactNode {
  const figures = useFigures();
  return (
    <table className={styles.table}>
      <caption className={styles.heading}>{props.title}</caption>
      <tbody>
        {props.lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">{line.label}</th>
            <td data-figure>{figures.money(line.minor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
