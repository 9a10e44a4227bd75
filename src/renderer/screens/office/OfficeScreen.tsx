import { useState, type ReactNode } from 'react';
import type { CallOutput } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useSentences, useWords } from '../../app/words.ts';
import { useOffice, useStatus } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import { Card, Office } from '../drawer/Office.tsx';
import office from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { EnrolForm } from './EnrolForm.tsx';
import { OfficeSaid } from './OfficeSaid.tsx';
import { PlaceForm } from './PlaceForm.tsx';
import styles from './OfficeScreen.module.css';

export type OfficeView = CallOutput<'office.view'>;

/** What whoever is signed in may let happen here; everybody else only looks. */
type May = { readonly enrol: boolean; readonly send: boolean; readonly place: boolean };

/** What an administrator lets happen here that takes a form of its own. */
type Step = 'enrol' | 'place' | 'rotate';

/** Head office: whether it knows this station and by which key, what waits, and what it said. */
export function OfficeScreen(props: {
  readonly onClose: () => void;
  /** At the first start, where Escape has nowhere else to lead. */
  readonly first?: boolean;
}): ReactNode {
  const { onClose, first = false } = props;
  const words = useWords();
  const view = useOffice().data;
  const status = useStatus().data;
  const role = status?.operator?.role;
  const enrol = role === 'administrator';
  const training = status?.profile === 'training';
  const may = {
    enrol,
    send: enrol || role === 'supervisor',
    place: enrol && !training,
  };
  const [step, setStep] = useState<Step | null>(null);
  const back = step === null ? (first ? onClose : null) : (): void => setStep(null);
  return (
    <Office title={words('headoffice.title')} onClose={onClose} back={back} reading={!may.send}>
      {view ? (
        <Known {...{ view, training, may, step, setStep }} />
      ) : (
        <p role="status">{words('headoffice.looking')}</p>
      )}
    </Office>
  );
}

function Known(props: {
  readonly view: OfficeView;
  readonly training: boolean;
  readonly may: May;
  readonly step: Step | null;
  readonly setStep: (step: Step | null) => void;
}): ReactNode {
  const { view, training, may, step, setStep } = props;
  const { status } = view;
  const placing = may.place && (status.state === 'stand-alone' || step === 'place');
  const enrolling = may.enrol && (status.state === 'not-enrolled' || step === 'enrol');
  return (
    <>
      <How view={view} training={training} />
      {status.problem === null ? null : <ProblemCard problem={{ code: status.problem, params: {} }} />}
      {placing ? <PlaceForm view={view} onDone={() => setStep(null)} /> : null}
      {enrolling && !placing ? <EnrolForm view={view} onDone={() => setStep(null)} /> : null}
      {status.state === 'stand-alone' ? null : (
        <Facts view={view} onPlace={may.place && step === null ? () => setStep('place') : undefined} />
      )}
      {view.refused.length === 0 ? null : <Refused refused={view.refused} />}
      {step === 'rotate' ? <Rotate view={view} onDone={() => setStep(null)} /> : null}
      {may.send && SENDS.has(status.state) && step === null ? (
        <Actions {...{ view, mayChange: may.enrol, setStep }} />
      ) : null}
      {status.state === 'stand-alone' ? null : <OfficeSaid view={view} />}
    </>
  );
}

/** States in which there is something to send or to fetch. */
const SENDS: ReadonlySet<OfficeView['status']['state']> = new Set(['asked', 'enrolled', 'sent']);

const SIGNS: Readonly<Record<OfficeView['status']['state'], Standing>> = {
  'stand-alone': 'idle',
  'not-enrolled': 'warn',
  asked: 'idle',
  enrolled: 'good',
  sent: 'good',
};

/** The state in one sentence, and what comes next in another: nothing in training, which has no head office. */
function How({ view, training }: { readonly view: OfficeView; readonly training: boolean }): ReactNode {
  const words = useWords();
  const sentences = useSentences();
  const { status, stationId, everyMinutes } = view;
  const state = status.asking ? 'asking' : camel(status.again ?? status.state);
  return (
    <section className={styles.how} data-state={state}>
      <p className={office.lead}>
        <Sign standing={SIGNS[status.state]} /> <strong>{words('headoffice.state', { state })}</strong>
      </p>
      <p>
        {training
          ? sentences({ code: 'training-alone', params: {} }).cashier
          : words('headoffice.do', { state, station: stationId, minutes: everyMinutes })}
      </p>
    </section>
  );
}

/** `stand-alone`: `standAlone`, as the catalogue chooses by. */
const camel = (name: string): string =>
  name.replace(/-(?<letter>[a-z])/gu, (_all, letter: string) => letter.toUpperCase());

/** What head office did not take: what a person does about each, and what was wrong where. */
function Refused({ refused }: { readonly refused: OfficeView['refused'] }): ReactNode {
  const words = useWords();
  const sentences = useSentences();
  return (
    <Card title={words('headoffice.refused')}>
      <ul className={styles.messages}>
        {refused.map(({ batch, code, reasons }) => (
          <li key={batch}>
            <p>
              <strong>{words('headoffice.batch', { batch })}</strong>{' '}
              {sentences({ code, params: {} }).cashier}
            </p>
            {reasons.map(({ where, code: fault, reason }) => (
              <p key={`${where} ${fault}`} className={office.quiet} dir="auto">
                {[where, fault, reason].filter((text) => text !== '').join(' · ')}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Facts(props: {
  readonly view: OfficeView;
  /** Chooses another folder; undefined for whoever may not. */
  readonly onPlace: (() => void) | undefined;
}): ReactNode {
  const { view, onPlace } = props;
  const words = useWords();
  const { status, stationId, fingerprint, nextFingerprint, officeFingerprint, place, epoch } = view;
  const waiting = { batches: status.waitingBatches, records: status.unsentRecords };
  return (
    <Card title={words('headoffice.keys')}>
      <dl className={styles.prints}>
        <Fact name={words('headoffice.fact.own')} value={fingerprint} large />
        <Fact name={words('headoffice.fact.office')} value={officeFingerprint} large />
        <Fact name={words('headoffice.fact.next')} value={nextFingerprint} large />
      </dl>
      <p className={office.quiet}>{words('headoffice.compare', { station: stationId })}</p>
      <dl className={styles.facts}>
        <Fact name={words('headoffice.fact.place')} value={place} />
        <Fact name={words('headoffice.fact.epoch')} value={String(epoch)} />
        <Fact name={words('headoffice.fact.waiting')} value={words('headoffice.waiting', waiting)} />
      </dl>
      {/* A server stands in the settings with its keys: no folder that is typed here replaces it. */}
      {onPlace && !place?.startsWith('sftp://') ? (
        <div className={office.row}>
          <Button onPress={onPlace}>{words('headoffice.place.change')}</Button>
        </div>
      ) : null}
    </Card>
  );
}

function Fact(props: {
  readonly name: string;
  readonly value: string | null;
  readonly large?: boolean;
}): ReactNode {
  const { name, value, large = false } = props;
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto" data-large={large}>
        {value}
      </dd>
    </div>
  );
}

function Actions(props: {
  readonly view: OfficeView;
  readonly mayChange: boolean;
  readonly setStep: (step: Step) => void;
}): ReactNode {
  const { view, mayChange, setStep } = props;
  const words = useWords();
  const call = useCall();
  const asked = view.status.state === 'asked';
  const send = (): void => void call.run('office.visit', { requestId: newRequestId() });
  return (
    <>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <div className={office.row}>
        <Button onPress={send} isDisabled={call.busy || view.status.busy} autoFocus>
          {words(asked ? 'headoffice.fetch' : 'headoffice.send')}
        </Button>
        {mayChange && !asked ? (
          <Button onPress={() => setStep('rotate')}>{words('headoffice.rotate')}</Button>
        ) : null}
        {mayChange ? (
          <Button onPress={() => setStep('enrol')}>{words('headoffice.enrol.again')}</Button>
        ) : null}
        {view.status.busy ? <span role="status">{words('strip.office.busy')}</span> : null}
      </div>
    </>
  );
}

/** A key takes over from the one before it, which says so itself. */
function Rotate(props: { readonly view: OfficeView; readonly onDone: () => void }): ReactNode {
  const { view, onDone } = props;
  const words = useWords();
  const call = useCall();
  const make = async (): Promise<void> => {
    if (await call.run('office.rotate', { requestId: newRequestId() })) onDone();
  };
  return (
    <Card title={words('headoffice.rotate')}>
      <p>{words('headoffice.rotate.why', { station: view.stationId })}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <div className={office.row}>
        <Button kind="main" onPress={() => void make()} isDisabled={call.busy} autoFocus>
          {words('headoffice.rotate.do')}
        </Button>
      </div>
    </Card>
  );
}
