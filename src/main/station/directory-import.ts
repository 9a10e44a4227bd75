import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { CallFault, ImportView, Phrase, SignedInOperator } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import { startImport, type ImportResult, type RunningImport } from '../directory/index.ts';
import { appendRecord, believedUnixMs, businessDateOf } from '../ledger/index.ts';
import type { LedgerWriter } from '../store/index.ts';

/** Where files of customers are looked for, and where the lines left out of them are told. */
const FOLDER = 'imports';

export type DirectoryImport = {
  /** Refuses while another file is being taken (`directory-import-busy`). */
  start(file: string, operator: SignedInOperator): Result<ImportView, CallFault>;
  stop(): void;
  view(): ImportView;
  /** Resolves when no import is running. */
  ended(): Promise<void>;
  /** Stops a running import and waits for its end. */
  close(): Promise<void>;
};

type Deps = {
  readonly ledger: LedgerWriter;
  readonly dataFolder: string;
  /** The directory's file. */
  readonly database: string;
  readonly sqliteBinding?: string | undefined;
  readonly zone: string;
  readonly now: () => number;
  readonly onChange: () => void;
};

const IDLE: ImportView = {
  state: 'idle',
  file: '',
  doneBytes: 0,
  totalBytes: 0,
  taken: 0,
  refused: 0,
  report: '',
  fault: null,
};

/** What the counter says of an import, and its two records in the journal: begun and ended. */
export function openDirectoryImport(deps: Deps): DirectoryImport {
  let view = IDLE;
  let running: RunningImport | undefined;
  let ended: Promise<void> = Promise.resolve();
  const show = (changes: Partial<ImportView>): void => {
    view = { ...view, ...changes };
    deps.onChange();
  };
  const record = (kind: string, operatorId: string, detail: unknown): void => {
    deps.ledger.transaction((tx) => {
      const atUnixMs = believedUnixMs(tx, deps.now());
      const businessDate = businessDateOf(atUnixMs, deps.zone);
      appendRecord(tx, { kind, atUnixMs, businessDate, operatorId, subjectId: null, detail });
    });
  };
  const finish = (operatorId: string, outcome: ImportResult): void => {
    running = undefined;
    record('directory-import-ended', operatorId, outcome.ok ? outcome.value : outcome.error);
    if (outcome.ok) show({ state: outcome.value.stopped ? 'stopped' : 'done', ...counts(outcome.value) });
    else show({ state: 'failed', fault: faultPhrase(outcome.error) });
  };
  const start = (file: string, operator: SignedInOperator): Result<ImportView, CallFault> => {
    if (running) return err({ code: 'directory-import-busy', params: { file: view.file }, retry: 'no' });
    const report = reportFile(deps.dataFolder, deps.now());
    const { operatorId } = operator;
    record('directory-import-begun', operatorId, { file: path.basename(file) });
    view = { ...IDLE, state: 'running', file: path.basename(file), report };
    running = startImport(
      {
        file,
        report,
        database: deps.database,
        sqliteBinding: deps.sqliteBinding,
      },
      (progress) => show(progress),
    );
    ended = running.outcome.then(
      (outcome) => finish(operatorId, outcome),
      // The thread is gone; what it took is in the directory, and the journal says how it ended.
      (error: unknown) => finish(operatorId, threadLost(error)),
    );
    deps.onChange();
    return ok(view);
  };
  return {
    start,
    stop: () => running?.stop(),
    view: () => view,
    ended: () => ended,
    close: async () => {
      running?.stop();
      await ended;
    },
  };
}

const counts = ({ taken, refused }: { readonly taken: number; readonly refused: number }) => ({
  taken,
  refused,
});

function threadLost(error: unknown): ImportResult {
  const place = error instanceof Error ? error.message.slice(0, 200) : '';
  return err({ code: 'directory-file', params: { reason: 'thread', place } });
}

function faultPhrase({ code, params }: { readonly code: string; readonly params: Phrase['params'] }): Phrase {
  return { id: `error.${code}.cashier`, params };
}

function reportFile(dataFolder: string, nowUnixMs: number): string {
  const folder = path.join(dataFolder, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(nowUnixMs).toISOString().replace(/[:.]/gu, '-');
  return path.join(folder, `${stamp}-left-out.csv`);
}
