import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import {
  detailText,
  type ReportColumn,
  type ReportJobView,
  type ReportView,
} from '../../../contract/index.ts';
import { isMessageId, type MessageId } from '../../../i18n/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { formedDay, isDay } from '../../ui/day.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { DayField } from '../drawer/DayField.tsx';
import { Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { PaperButtons } from '../drawer/PaperButtons.tsx';
import { useCall, type CallRunner } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

const ReportChart = lazy(() => import('./ReportChart.tsx'));
const LOOK_EVERY_MS = 250;

/** Any report over any days: the table, and a chart of the same figures where people look rather than read. */
export function ReportsScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const known = useQuery({ queryKey: ['report.names'], queryFn: () => need('report.names', {}) }).data;
  const [jobId, setJobId] = useState<string | null>(null);
  if (!known) return null;
  return (
    <Office title={words('reports.title')} onClose={onClose}>
      <Ask names={known.names} today={known.today} onStarted={setJobId} />
      {jobId === null ? null : <Outcome jobId={jobId} />}
    </Office>
  );
}

function Ask(props: {
  readonly names: readonly string[];
  readonly today: string;
  readonly onStarted: (jobId: string) => void;
}): ReactNode {
  const { names, today, onStarted } = props;
  const words = useWords();
  const call = useCall();
  const [name, setName] = useState(names[0] ?? '');
  const from = useDay(today);
  const to = useDay(today);
  const [text, setText] = useState('');
  const submit = async (): Promise<void> => {
    // From behind, so that of two that are none the first has the focus.
    if (![to.check(), from.check()].every(Boolean)) return;
    const job = await call.run('report.start', { name, from: from.day, to: to.day, text });
    if (job) onStarted(job.jobId);
  };
  return (
    <Form
      label={words('reports.title')}
      submit={words('reports.run')}
      busy={call.busy}
      ready
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <div className={styles.row}>
        <Choice
          label={words('reports.which')}
          value={name}
          onChange={setName}
          first
          options={names.map((value) => ({ value, text: words(`report.${value}` as MessageId) }))}
        />
        <DayField label={words('reports.from')} {...from.props} />
        <DayField label={words('reports.to')} {...to.props} />
        {name === 'audit' ? <Field label={words('reports.text')} value={text} onChange={setText} /> : null}
      </div>
    </Form>
  );
}

type DayEntry = {
  /** What is typed, formed as a day where it can be. */
  readonly day: string;
  /** Whether it is a day; where it is none, the field says so and has the focus. */
  readonly check: () => boolean;
  readonly props: {
    readonly value: string;
    readonly onChange: (day: string) => void;
    readonly field: RefObject<HTMLInputElement | null>;
    readonly refused: boolean;
  };
};

function useDay(first: string): DayEntry {
  const [value, setValue] = useState(first);
  const [refusedValue, setRefusedValue] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const day = formedDay(value);
  return {
    day,
    check: () => {
      if (isDay(day)) return true;
      setRefusedValue(day);
      field.current?.focus();
      return false;
    },
    props: { value, onChange: setValue, field, refused: day === refusedValue },
  };
}

function Outcome({ jobId }: { readonly jobId: string }): ReactNode {
  const words = useWords();
  const call = useCall();
  const job = useQuery({
    queryKey: ['report.job', jobId],
    queryFn: () => need('report.job', { jobId }),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? LOOK_EVERY_MS : false),
  }).data;
  if (!job) return null;
  if (job.state === 'running')
    return <Running job={job} onCancel={() => void call.run('report.cancel', { jobId })} />;
  if (job.state !== 'done' || !job.report) {
    return (
      <p role="status">{words(`reports.state.${job.state === 'cancelled' ? 'cancelled' : 'failed'}`)}</p>
    );
  }
  const save = (format: 'csv' | 'ndjson' | 'pdf') => (runner: CallRunner) =>
    runner.run('report.save', { requestId: newRequestId(), jobId, format });
  return (
    <section className={styles.card} aria-label={words('reports.result')}>
      <PaperButtons
        ways={[
          {
            id: 'print',
            text: words('office.print'),
            run: async (runner) =>
              (await runner.run('report.print', { requestId: newRequestId(), jobId })) ? {} : null,
          },
          { id: 'pdf', text: 'PDF', run: save('pdf') },
          { id: 'csv', text: 'CSV', run: save('csv') },
          { id: 'ndjson', text: 'NDJSON', run: save('ndjson') },
        ]}
      />
      {job.report.chart && job.report.rows.length > 0 ? (
        <Suspense fallback={null}>
          <ReportChart report={job.report} chart={job.report.chart} />
        </Suspense>
      ) : null}
      {job.report.rows.length === 0 ? <p>{words('reports.none')}</p> : <ReportTable report={job.report} />}
      {job.report.rowCount > job.report.rows.length ? (
        <p>{words('reports.more', { shown: job.report.rows.length, all: job.report.rowCount })}</p>
      ) : null}
    </section>
  );
}

function Running(props: { readonly job: ReportJobView; readonly onCancel: () => void }): ReactNode {
  const { job, onCancel } = props;
  const words = useWords();
  return (
    <div className={styles.row}>
      <progress max={Math.max(1, job.daysOf)} value={job.daysDone} aria-label={words('reports.running')} />
      <span>{words('reports.days', { done: job.daysDone, of: job.daysOf })}</span>
      <Button onPress={onCancel}>{words('drawer.cancel')}</Button>
    </div>
  );
}

function ReportTable({ report }: { readonly report: ReportView }): ReactNode {
  const words = useWords();
  const cell = useCell();
  const figure = ({ kind }: ReportColumn): true | undefined =>
    kind === 'count' || kind === 'money' || kind === 'units' ? true : undefined;
  const hasTotals = report.totals.some((total) => total !== null);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {report.columns.map((column) => (
            <th key={column.id} scope="col" data-figure={figure(column)}>
              {words(`column.${column.id}` as MessageId)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.rows.map((row, at) => (
          <tr key={at}>
            {report.columns.map((column, index) => (
              <td key={column.id} data-figure={figure(column)} {...width(column)}>
                {cell(column, row[index] ?? null)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {hasTotals ? (
        <tfoot>
          <tr>
            {report.columns.map((column, index) => (
              <td key={column.id} data-figure={figure(column)}>
                {index === 0 && !column.total
                  ? words('receipt.total')
                  : cell(column, report.totals[index] ?? null)}
              </td>
            ))}
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

/** Times are kept whole; sentences give way, and what no column is wide enough for. */
const width = ({ id, kind }: ReportColumn): Readonly<Record<string, true | undefined>> => ({
  'data-time': kind === 'time' || kind === 'date' || undefined,
  'data-prose': id === 'detail' || id === 'reason' || undefined,
});

/** A cell for people: money, units and times as everywhere on the screen; accounts by their names. */
function useCell(): (column: ReportColumn, value: string | number | null) => string {
  const words = useWords();
  const figures = useFigures();
  return (column, value) => {
    if (value === null) return '';
    if (typeof value === 'string') {
      if (column.id === 'detail') return detailText(words, value, figures);
      if (column.kind === 'date') return figures.businessDay(value);
      const id = `${column.id}.${value}`;
      return isMessageId(id) ? words(id) : value;
    }
    if (column.kind === 'money') return figures.money(value);
    if (column.kind === 'units') return (value / 10).toFixed(1);
    if (column.kind === 'time') return `${figures.day(value)} ${figures.time(value)}`;
    return String(value);
  };
}
