import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CallOutput } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useSentences, useWords } from '../../app/words.ts';
import { useModules, useStatus } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import { Office } from '../drawer/Office.tsx';
import office from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { EnrolForm } from './EnrolForm.tsx';
import { KeyTable } from './KeyTable.tsx';
import { LoadKeys } from './LoadKeys.tsx';
import styles from './ModulesScreen.module.css';

type Module = CallOutput<'modules.report'>['modules'][number];

/** What lies over the list: a ceremony for one module. */
type Ceremony = { readonly kind: 'load' | 'enrol'; readonly module: Module };

/** Every secure module: what it is, what will stop its sales one day, its keys; and the ceremonies for custodians. */
export function ModulesScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const modules = useModules().data?.modules;
  const mayLoad = useStatus().data?.operator?.role === 'key-custodian';
  const [ceremony, setCeremony] = useState<Ceremony | null>(null);
  const back = (): void => setCeremony(null);
  return (
    <Office title={words('modules.title')} onClose={onClose} back={ceremony ? back : null}>
      {ceremony?.kind === 'load' ? (
        <LoadKeys moduleId={ceremony.module.identity?.moduleId ?? ''} onBack={back} />
      ) : null}
      {ceremony?.kind === 'enrol' ? <EnrolForm place={ceremony.module.place} onBack={back} /> : null}
      {ceremony === null && !modules ? <p role="status">{words('modules.looking')}</p> : null}
      {ceremony === null && modules ? (
        <List modules={modules} mayLoad={mayLoad} onBegin={setCeremony} />
      ) : null}
    </Office>
  );
}

function List(props: {
  readonly modules: readonly Module[];
  readonly mayLoad: boolean;
  readonly onBegin: (ceremony: Ceremony) => void;
}): ReactNode {
  const first = useRef<HTMLDivElement>(null);
  // The keyboard begins at the first module's buttons.
  useEffect(() => first.current?.focus(), []);
  return (
    <div ref={first} tabIndex={-1} className={styles.list}>
      {props.modules.map((module) => (
        <Card key={module.place} {...{ module, mayLoad: props.mayLoad, onBegin: props.onBegin }} />
      ))}
    </div>
  );
}

function Card(props: {
  readonly module: Module;
  readonly mayLoad: boolean;
  readonly onBegin: (ceremony: Ceremony) => void;
}): ReactNode {
  const { module, mayLoad, onBegin } = props;
  const words = useWords();
  const { identity, fault, keys, takesKeys, certificatePin } = module;
  const name = identity?.moduleId ?? module.place;
  return (
    <section className={styles.card} aria-label={name}>
      <h3 className={office.heading}>{name}</h3>
      <Troubles module={module} />
      {identity ? <Facts module={module} /> : null}
      {mayLoad ? (
        <div className={office.row}>
          {takesKeys && identity ? <RequestButton moduleId={identity.moduleId} /> : null}
          {takesKeys && identity ? (
            <Button onPress={() => onBegin({ kind: 'load', module })}>{words('modules.load')}</Button>
          ) : null}
          {certificatePin === null ? null : (
            <Button onPress={() => onBegin({ kind: 'enrol', module })}>{words('modules.enrol')}</Button>
          )}
        </div>
      ) : null}
      {fault ? null : keys.length === 0 ? (
        <p>{words('modules.keys.none')}</p>
      ) : (
        <KeyTable
          caption={words('modules.keys')}
          keys={keys.toSorted((one, other) => firstEnd(one) - firstEnd(other))}
        />
      )}
    </section>
  );
}

/** When a key first stops a sale. */
function firstEnd({ endsUnixMs, issuedUntilUnixMs, refreshByUnixMs }: Module['keys'][number]): number {
  return Math.min(endsUnixMs, issuedUntilUnixMs ?? endsUnixMs, refreshByUnixMs ?? endsUnixMs);
}

const PRESSING = ['urgent', 'soon', 'early'] as const;
const STANDING: Readonly<Record<Module['warnings'][number]['level'], Standing>> = {
  early: 'idle',
  soon: 'warn',
  urgent: 'stop',
};

/** Why it can't be used, or what will stop it one day; each with what a person does. */
function Troubles({ module }: { readonly module: Module }): ReactNode {
  const words = useWords();
  const sentences = useSentences();
  const { fault, stopped } = module;
  const warnings = PRESSING.flatMap((level) => module.warnings.filter((each) => each.level === level));
  const troubles: readonly { readonly standing: Standing; readonly what: string; readonly remedy: string }[] =
    [
      ...(fault
        ? [
            {
              standing: 'stop' as const,
              what: sentences(fault).cashier,
              remedy: words(`module.remedy.${fault.action}`),
            },
          ]
        : []),
      ...(stopped
        ? [
            {
              standing: 'stop' as const,
              what: words('module.clear.title', { module: module.identity?.moduleId ?? module.place }),
              remedy: words('modules.stopped.remedy', { page: words('decisions.title') }),
            },
          ]
        : []),
      ...warnings.map(({ code, level, params, action }) => ({
        standing: STANDING[level],
        what: words(`module.warning.${code}`, params),
        remedy: words(`module.remedy.${action}`),
      })),
    ];
  if (troubles.length === 0) return null;
  return (
    <ul className={styles.troubles}>
      {troubles.map(({ standing, what, remedy }) => (
        <li key={what}>
          <Sign standing={standing} />
          <span>
            <strong>{what}</strong>
            <span className={office.quiet}>{remedy}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ module }: { readonly module: Module }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { identity, place, clockUnixMs, transactionsLeft, certificatePin } = module;
  const facts: readonly (readonly [string, string | null])[] = [
    [words('modules.fact.place'), place],
    [words('modules.fact.firmware'), identity?.firmware ?? null],
    [words('modules.fact.times'), identity ? words(`modules.times.${identity.level}`) : null],
    [words('modules.fact.clock'), clockUnixMs === null ? null : figures.moment(clockUnixMs)],
    [words('modules.fact.left'), transactionsLeft === null ? null : String(transactionsLeft)],
    [words('modules.fact.certificate'), certificatePin === null ? null : pairs(certificatePin)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** A fingerprint as people read it out. */
function pairs(digits: string): string {
  return (digits.toUpperCase().match(/../gu) ?? []).join(' ');
}

function RequestButton({ moduleId }: { readonly moduleId: string }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [file, setFile] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const saved = await call.run('modules.saveRequest', { requestId: newRequestId(), moduleId });
    setFile(saved?.file ?? null);
  };
  return (
    <>
      <Button onPress={() => void save()} isDisabled={call.busy}>
        {words('modules.request')}
      </Button>
      {file === null ? null : <output>{words('modules.request.saved', { file })}</output>}
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
    </>
  );
}
