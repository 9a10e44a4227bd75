import type { ReactNode } from 'react';
import { Bar, BarChart, CartesianGrid, LabelList, Line, LineChart, XAxis, YAxis } from 'recharts';
import type { ReportView } from '../../../contract/index.ts';
import { isMessageId } from '../../../i18n/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import styles from '../drawer/office.module.css';

const WIDTH = 880;
const HEIGHT = 250;
const STACK_HEIGHT = 130;
const MARGIN = { top: 24, right: 24, bottom: 8, left: 48 };
/** As readable as any other letters, in every look. */
const LETTERS = { fill: 'var(--text)' };
const COLOURS = ['var(--accent)', 'var(--go)', 'var(--warn)', 'var(--training)'];

/** The rows of the table beside it, drawn: bars, a line, or one stacked bar of shares. */
export default function ReportChart(props: {
  readonly report: ReportView;
  readonly chart: NonNullable<ReportView['chart']>;
}): ReactNode {
  const { report, chart } = props;
  const words = useWords();
  const figures = useFigures();
  const across = report.columns.findIndex(({ id }) => id === chart.across);
  const up = report.columns.findIndex(({ id }) => id === chart.up[0]);
  const data = report.rows.map((row) => {
    const name = String(row[across] ?? '');
    const id = `${chart.across}.${name}`;
    const minor = Number(row[up] ?? 0);
    const day = report.columns[across]?.kind === 'date' ? figures.businessDay(name) : '';
    return { name: isMessageId(id) ? words(id) : day || name, minor, text: figures.plainMoney(minor) };
  });
  const label = words('reports.chart');
  if (chart.kind === 'stack') return <Stack data={data} label={label} />;
  const axes = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis key="x" dataKey="name" tick={LETTERS} />,
    <YAxis key="y" tick={LETTERS} tickFormatter={(minor: number) => figures.plainMoney(minor)} />,
  ];
  const size = { width: WIDTH, height: HEIGHT, margin: MARGIN };
  return (
    <figure className={styles.chart} aria-label={label}>
      {chart.kind === 'line' ? (
        <LineChart {...size} data={data}>
          {axes}
          <Line dataKey="minor" stroke="var(--accent)" isAnimationActive={false} />
        </LineChart>
      ) : (
        <BarChart {...size} data={data}>
          {axes}
          <Bar dataKey="minor" fill="var(--accent)" isAnimationActive={false} maxBarSize={72}>
            <LabelList dataKey="text" position="top" {...LETTERS} />
          </Bar>
        </BarChart>
      )}
    </figure>
  );
}

/** One bar whose parts are the rows, each with its name and figure in it. */
function Stack(props: {
  readonly label: string;
  readonly data: readonly { readonly name: string; readonly minor: number; readonly text: string }[];
}): ReactNode {
  const { data, label } = props;
  const row = Object.fromEntries(data.map(({ name, minor }) => [name, minor]));
  return (
    <figure className={styles.chart} aria-label={label}>
      <BarChart layout="vertical" width={WIDTH} height={STACK_HEIGHT} margin={MARGIN} data={[row]}>
        <XAxis type="number" hide />
        <YAxis type="category" hide />
        {data.map(({ name, text }, at) => (
          <Bar
            maxBarSize={96}
            key={name}
            dataKey={name}
            stackId="all"
            fill={COLOURS[at % COLOURS.length] ?? 'var(--accent)'}
            isAnimationActive={false}
          >
            <LabelList position="center" fill="var(--on-accent)" formatter={() => `${name} ${text}`} />
          </Bar>
        ))}
      </BarChart>
    </figure>
  );
}
