import { useId, useState, type ReactNode } from 'react';
import type { CallFault, ImportView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { useImportState, useStationEvents } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './CustomersFileScreen.module.css';

const EVENTS = ['import-changed'] as const;

/** Customers and meters from a file, while the counter goes on selling: begin, watch, stop. */
export function CustomersFileScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  useStationEvents(EVENTS);
  const words = useWords();
  const id = useId();
  const [file, setFile] = useState('');
  const [problem, setProblem] = useState<CallFault | null>(null);
  const view = useImportState().data;
  const running = view?.state === 'running';
  const begin = async (): Promise<void> => {
    const begun = await ask('directory.import', { requestId: newRequestId(), file: file.trim() });
    setProblem(begun.ok ? null : begun.error);
  };
  return (
    <main className={styles.main}>
      <h2 className={styles.title}>{words('customers.file.title')}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!running && file.trim() !== '') void begin();
        }}
      >
        <label htmlFor={id}>{words('customers.file.path')}</label>
        <input
          id={id}
          className={styles.path}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          value={file}
          onChange={(event) => setFile(event.target.value)}
        />
        <p className={styles.quiet}>{words('customers.file.hint')}</p>
        {running ? (
          <Button onPress={() => void ask('directory.importStop', { requestId: newRequestId() })}>
            {words('customers.file.stop')}
          </Button>
        ) : (
          <Button
            kind="main"
            keyName={words('key.enter')}
            isDisabled={file.trim() === ''}
            onPress={() => void begin()}
          >
            {words('customers.file.begin')}
          </Button>
        )}
      </form>
      {problem ? <ProblemCard kind="warn" problem={problem} /> : null}
      {view && view.state !== 'idle' ? <Standing view={view} state={view.state} /> : null}
      <Button kind="quiet" keyName={words('key.escape')} onPress={onClose}>
        {words('desk.back')}
      </Button>
    </main>
  );
}

/** How far the file is, or how it ended. */
function Standing(props: {
  readonly view: ImportView;
  readonly state: Exclude<ImportView['state'], 'idle'>;
}): ReactNode {
  const { view, state } = props;
  const words = useWords();
  const phrase = usePhrase();
  const { file, taken, refused, doneBytes, totalBytes, report, fault } = view;
  const percent = totalBytes === 0 ? 0 : Math.floor((doneBytes * 100) / totalBytes);
  return (
    <section className={styles.standing} data-state={state} aria-live="polite">
      <p className={styles.state}>{words(`customers.file.state.${state}`, { file, percent })}</p>
      {state === 'running' ? (
        <progress className={styles.bar} max={100} value={percent} aria-label={file} />
      ) : null}
      <p>{words('customers.file.counts', { taken, refused })}</p>
      {fault ? <p role="alert">{phrase(fault)}</p> : null}
      {refused > 0 && state !== 'running' ? (
        <p className={styles.quiet}>
          {words('customers.file.report')} <bdi dir="ltr">{report}</bdi>
        </p>
      ) : null}
    </section>
  );
}
