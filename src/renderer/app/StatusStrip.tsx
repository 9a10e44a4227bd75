import { useEffect, useState, type ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { HeadOfficeStatus, ModuleWarningView, Role, StationStatus } from '../../contract/index.ts';
import type { MessageId } from '../../i18n/index.ts';
import { pagesFor } from '../screens/desk/pages.ts';
import { Key } from '../ui/Key.tsx';
import { Sign, type Standing } from '../ui/Sign.tsx';
import styles from './StatusStrip.module.css';
import { useFigures, useWords } from './words.ts';

const PRINTER: Readonly<Record<StationStatus['printer']['status'], Standing>> = {
  ready: 'good',
  printing: 'good',
  unreachable: 'warn',
  'not-set-up': 'idle',
  'paper-near-end': 'warn',
  'paper-out': 'stop',
  'cover-open': 'stop',
  cutter: 'stop',
  fault: 'stop',
  offline: 'stop',
};
const MODULE: Readonly<Record<StationStatus['module']['status'], Standing>> = {
  ready: 'good',
  locked: 'warn',
  missing: 'stop',
  stopped: 'stop',
};

/** One line across the top: where this is, who sits here, and how everything stands. */
export function StatusStrip(props: {
  readonly status: StationStatus;
  /** When the status came, on this window's clock. */
  readonly answeredAtMs: number;
}): ReactNode {
  const { status, answeredAtMs } = props;
  const words = useWords();
  const { printer, module, salesInDoubt, doubtsOverdue, operator, books } = status;
  const printerWords: MessageId = `strip.printer.${printer.status}`;
  const moduleWords: MessageId = `strip.module.${module.status}`;
  return (
    <header className={styles.strip}>
      <span className={styles.name}>{words('app.name')}</span>
      <span>{status.stationName}</span>
      {operator ? <span>{operator.name}</span> : null}
      {status.shift ? <span>{words('strip.shift', { number: status.shift.number })}</span> : null}
      <ul className={styles.states} aria-label={words('strip.label')}>
        <Books books={books} />
        <Disk disk={status.disk} />
        <Doubts count={salesInDoubt} overdue={doubtsOverdue > 0} role={operator?.role} />
        {status.differences > 0 ? (
          <State standing="warn" advice="differences">
            {words('strip.differences', { count: status.differences })}
          </State>
        ) : null}
        <State standing={PRINTER[printer.status]} advice={adviceWord('printer', printer.status)}>
          {words(printerWords)}
          {printer.waiting > 0 ? `, ${words('strip.printer.waiting', { waiting: printer.waiting })}` : ''}
        </State>
        <State standing={MODULE[module.status]} advice={adviceWord('module', module.status)}>
          {words(moduleWords)}
        </State>
        {module.status === 'stopped' ? null : <Stopped modules={module.stopped} role={operator?.role} />}
        <ModuleWarning module={module} role={operator?.role} />
        {status.profile === 'training' ? null : <HeadOffice office={status.headOffice} />}
      </ul>
      <Clock nowUnixMs={status.nowUnixMs} answeredAtMs={answeredAtMs} />
    </header>
  );
}

/** Modules that were stopped while another one sells: nobody would miss them until that one has gone too. */
function Stopped(props: { readonly modules: readonly string[]; readonly role: Role | undefined }): ReactNode {
  const words = useWords();
  const decides = pagesFor(props.role).some(({ id }) => id === 'decisions');
  return props.modules.map((module) => {
    const what = words('strip.module.stopped-one', { module });
    return (
      <State key={module} standing="stop" advice="moduleStopped">
        {decides ? words('strip.module.see', { what, page: words('decisions.title') }) : what}
      </State>
    );
  });
}

/** Sales in doubt: whoever may end one that is overdue is sent to the page, everybody else to that person. */
function Doubts(props: {
  readonly count: number;
  readonly overdue: boolean;
  readonly role: Role | undefined;
}): ReactNode {
  const { count, overdue, role } = props;
  const words = useWords();
  if (count === 0) return null;
  const what = words('strip.doubt', { count });
  if (!overdue)
    return (
      <State standing="warn" advice="doubt">
        {what}
      </State>
    );
  const decides = pagesFor(role).some(({ id }) => id === 'decisions');
  return (
    <State standing="stop" advice="doubtOverdue">
      {decides
        ? words('strip.module.see', { what, page: words('decisions.title') })
        : `${what}, ${words('strip.doubt.overdue')}`}
    </State>
  );
}

const LEVEL: Readonly<Record<ModuleWarningView['level'], Standing>> = {
  early: 'idle',
  soon: 'warn',
  urgent: 'stop',
};

/** What will stop sales one day, and what the one who reads it does. Ninety days ahead is not a cashier's matter. */
function ModuleWarning(props: {
  readonly module: StationStatus['module'];
  readonly role: Role | undefined;
}): ReactNode {
  const { module, role } = props;
  const words = useWords();
  const { warning, warnings } = module;
  const sees = pagesFor(role).some(({ id }) => id === 'modules');
  if (!warning || (warning.level === 'early' && !sees)) return null;
  const said = words(`module.warning.${warning.code}`, warning.params);
  const what = warnings > 1 ? words('strip.module.more', { what: said, more: warnings - 1 }) : said;
  return (
    <State standing={LEVEL[warning.level]} advice="module">
      {sees
        ? words('strip.module.see', { what, page: words('modules.title') })
        : words('strip.module.tell', { what })}
    </State>
  );
}

const OFFICE: Readonly<Record<HeadOfficeStatus['state'], Standing>> = {
  'stand-alone': 'idle',
  'not-enrolled': 'warn',
  asked: 'idle',
  enrolled: 'good',
  sent: 'good',
};

/** From here on somebody has to see to it that head office is reached. */
const LOW_PERCENT = 20;

/** How the exchange stands, what is left of the allowance, and what head office has to say. */
function HeadOffice({ office }: { readonly office: HeadOfficeStatus }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { problem, busy, progress, allowance, messages } = office;
  const id: MessageId = busy ? 'strip.office.busy' : `strip.office.${office.state}`;
  const sending = progress && { number: progress.sent + 1, all: progress.all };
  const waiting = office.waitingBatches + (office.unsentRecords > 0 ? 1 : 0);
  const left = [
    allowance?.valueMinor == null
      ? null
      : words('strip.allowance.value', { value: figures.money(allowance.valueMinor) }),
    allowance?.tokens == null ? null : words('strip.allowance.tokens', { tokens: allowance.tokens }),
    allowance?.minutes == null
      ? null
      : words('strip.allowance.minutes', { hours: Math.floor(allowance.minutes / 60) }),
  ].filter((text) => text !== null);
  const percent = allowance?.percent ?? 100;
  const ended = percent === 0;
  return (
    <>
      <State
        standing={problem === null ? OFFICE[office.state] : 'warn'}
        advice={problem === null ? OFFICE_ADVICE[office.state] : 'officeProblem'}
      >
        {sending
          ? words('strip.office.sending', sending)
          : words(problem === null ? id : 'strip.office.problem', { waiting })}
      </State>
      {left.length > 0 ? (
        <State
          standing={ended ? 'stop' : percent <= LOW_PERCENT ? 'warn' : 'good'}
          advice={ended ? 'allowanceEnded' : 'allowanceLeft'}
        >
          {left.join(', ')} <meter className={styles.gauge} max={100} value={percent} aria-hidden />
        </State>
      ) : null}
      {messages.map((message) => (
        <State key={message} standing="idle" advice="message">
          {message}
        </State>
      ))}
    </>
  );
}

const OFFICE_ADVICE: Readonly<Record<HeadOfficeStatus['state'], string>> = {
  'stand-alone': 'officeAlone',
  'not-enrolled': 'officeNotEnrolled',
  asked: 'officeAsked',
  enrolled: 'officeWaiting',
  sent: 'officeWaiting',
};

/** `printer`, `paper-out`: `printerPaperOut`, as the advice chooses its sentence. What needs none is not known to it. */
function adviceWord(of: string, status: string): string {
  return status.split('-').reduce((word, part) => word + part.charAt(0).toUpperCase() + part.slice(1), of);
}

function Books({ books }: { readonly books: StationStatus['books'] }): ReactNode {
  const words = useWords();
  return (
    <>
      {books.state === 'damaged' ? (
        <State standing="stop" advice="booksDamaged">
          {words('strip.books.damaged')}
        </State>
      ) : null}
      {books.state === 'unread' ? (
        <State standing="warn" advice="booksUnread">
          {words('strip.books.unread')}
        </State>
      ) : null}
      {books.backup === 'good' ? null : (
        <State standing="warn" advice="backup">
          {words(`strip.backup.${books.backup}`)}
        </State>
      )}
    </>
  );
}

const DISK: Readonly<
  Record<Exclude<StationStatus['disk']['state'], 'ok'>, readonly [standing: Standing, advice: string]>
> = {
  low: ['warn', 'diskLow'],
  stop: ['stop', 'diskStop'],
  failed: ['stop', 'diskFailed'],
};

function Disk({ disk }: { readonly disk: StationStatus['disk'] }): ReactNode {
  const words = useWords();
  if (disk.state === 'ok') return null;
  const [standing, advice] = DISK[disk.state];
  return (
    <State standing={standing} advice={advice}>
      {disk.state === 'low'
        ? words('strip.disk.low', { megabytes: disk.freeMegabytes })
        : words(`strip.disk.${disk.state}`)}
    </State>
  );
}

/** How one thing stands; pressed, it says what to do about it. */
function State(props: {
  readonly standing: Standing;
  readonly advice: string;
  readonly children: ReactNode;
}): ReactNode {
  const { standing, advice, children } = props;
  return (
    <li data-standing={standing}>
      <Advice advice={advice} className={styles.state ?? ''}>
        <Sign standing={standing} />
        <span>{children}</span>
      </Advice>
    </li>
  );
}

/** A part of the strip that is a button: one sentence of what to do hangs under it until it is closed. */
function Advice(props: {
  readonly advice: string;
  readonly className: string;
  readonly children: ReactNode;
}): ReactNode {
  const { advice, className, children } = props;
  const words = useWords();
  return (
    <DialogTrigger>
      <Button className={className}>{children}</Button>
      <Popover className={styles.advice ?? ''} placement="bottom end">
        <Dialog aria-label={words('strip.label')} className={styles.dialog ?? ''}>
          {({ close }) => (
            <>
              <p>{words('strip.do', { what: advice })}</p>
              <Button slot="close" autoFocus className={styles.close ?? ''} onPress={close}>
                <Key name={words('key.escape')} /> {words('strip.do.close')}
              </Button>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const CLOCK_EVERY_MS = 1_000;

/** The station's clock, carried on between two of its answers by the time that passed in this window. */
function Clock(props: { readonly nowUnixMs: number; readonly answeredAtMs: number }): ReactNode {
  const figures = useFigures();
  const [tickMs, setTickMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setTickMs(Date.now()), CLOCK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  const passedMs = Math.max(0, tickMs - props.answeredAtMs);
  return (
    <Advice advice="clock" className={styles.clock ?? ''}>
      <time>{figures.time(props.nowUnixMs + passedMs)}</time>
    </Advice>
  );
}
