import type { ReactNode } from 'react';
import type { ShiftFiguresView } from '../../../contract/index.ts';
import { isMessageId } from '../../../i18n/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { PaperButtons } from './PaperButtons.tsx';
import styles from './office.module.css';

type Line = { readonly key: string; readonly label: string; readonly text: string; readonly strong?: true };

/** An X or a Z on the screen, and the ways to take it along. */
export function Figures({ figures }: { readonly figures: ShiftFiguresView }): ReactNode {
  const words = useWords();
  const { shiftId } = figures.shift;
  return (
    <>
      <PaperButtons
        ways={[
          {
            id: 'print',
            text: words('office.print'),
            run: async (call) =>
              (await call.run('shift.print', { requestId: newRequestId(), shiftId })) ? {} : null,
          },
          {
            id: 'pdf',
            text: 'PDF',
            run: (call) => call.run('shift.pdf', { requestId: newRequestId(), shiftId }),
          },
        ]}
      />
      <FiguresTable figures={figures} />
    </>
  );
}

type Section = { readonly id: string; readonly title: string; readonly lines: readonly Line[] };

/** As the paper has it: each tender from its float to its variance, then the sales behind it. */
export function FiguresTable({ figures }: { readonly figures: ShiftFiguresView }): ReactNode {
  const tenders = useTenders(figures);
  const sales = useSales(figures);
  return (
    <div className={styles.pair}>
      {[...tenders, ...sales].map(({ id, title, lines }) =>
        lines.length === 0 ? null : <Lines key={id} title={title} lines={lines} />,
      )}
    </div>
  );
}

function useNamed(): (id: string, name: string) => string {
  const words = useWords();
  return (id, name) => (isMessageId(id) ? words(id) : name);
}

function useTenders({ movements, expected, variances }: ShiftFiguresView): readonly Section[] {
  const words = useWords();
  const named = useNamed();
  const { money } = useFigures();
  const accounts = [...new Set(movements.map(({ account }) => account))];
  return accounts.map((account) => {
    const own = <Of extends { readonly account: string }>(list: readonly Of[]): Of[] =>
      list.filter((each) => each.account === account);
    const lines: readonly Line[] = [
      ...own(movements).map((each) => ({
        key: each.kind,
        label: named(`slip.kind.${each.kind}`, each.kind),
        text: money(each.debitMinor - each.creditMinor),
      })),
      ...own(expected).map((each) => ({
        key: 'expected',
        label: words('slip.expected'),
        text: money(each.amountMinor),
        strong: true as const,
      })),
      ...own(variances).flatMap((each) => [
        { key: 'counted', label: words('slip.counted'), text: money(each.countedMinor) },
        {
          key: 'variance',
          label: words('slip.variance'),
          text: money(each.varianceMinor),
          strong: true as const,
        },
      ]),
    ];
    return { id: account, title: words(`account.${account}`), lines };
  });
}

function useSales(figures: ShiftFiguresView): readonly Section[] {
  const words = useWords();
  const named = useNamed();
  const { money, units } = useFigures();
  const { sales, undone, handed, doubts, byResource, byAccount, noSales } = figures;
  const sold: readonly Line[] = [
    { key: 'sold', label: `${words('slip.sold')} (${sales.count})`, text: money(sales.amountMinor) },
    { key: 'undone', label: `${words('slip.undone')} (${undone.count})`, text: money(undone.amountMinor) },
    { key: 'received', label: words('slip.received'), text: money(handed.receivedMinor) },
    { key: 'change', label: words('slip.change'), text: money(handed.changeMinor) },
    { key: 'no-sales', label: words('slip.no-sales'), text: String(noSales) },
  ];
  const types: readonly Line[] = [
    ...byResource.map((each) => ({
      key: each.resource,
      label: `${words(`resource.${each.resource}`)}, ${units(each.unitsTenths, each.resource)} (${each.count})`,
      text: money(each.amountMinor),
    })),
    ...byAccount.map((each) => ({
      key: each.account,
      label: named(`account.${each.account}`, each.account),
      text: money(each.amountMinor),
    })),
  ];
  const open: readonly Line[] = doubts.map((doubt) => ({
    key: doubt.receiptNumber,
    label: doubt.receiptNumber,
    text: money(doubt.amountMinor),
  }));
  return [
    { id: 'sales', title: words('slip.sales'), lines: sold },
    { id: 'types', title: words('report.sales-by-type'), lines: types },
    { id: 'doubts', title: words('slip.doubts'), lines: open },
  ];
}

function Lines(props: { readonly title: string; readonly lines: readonly Line[] }): ReactNode {
  return (
    <section className={styles.card}>
      <table className={styles.table}>
        <caption className={styles.heading}>{props.title}</caption>
        <tbody>
          {props.lines.map((line) => (
            <tr key={line.key} data-strong={line.strong}>
              <th scope="row">{line.label}</th>
              <td data-figure>{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
