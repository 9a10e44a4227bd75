import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { LedgerReader } from '../../main/store/index.ts';
import { NOTHING_FOUND, type Findings } from './invariants.ts';

const MODULE = path.join(import.meta.dirname, 'module-process.ts');

/** What the module itself says that it made, by message: each token with its time. */
export type Issued = Map<string, { readonly tokenTime: string; readonly digits: string }[]>;

export type ModuleProcess = {
  readonly port: number;
  /** Ends it at once and waits until everything that it said has been read. */
  readonly kill: () => Promise<void>;
};

/** Starts a secure module as a process; what it makes is noted in `issued`. */
export function startModule(issued: Issued, faultSeed?: number): Promise<ModuleProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-module-'));
  const faults = faultSeed === undefined ? [] : ['--fault-seed', String(faultSeed)];
  const module = spawn(process.execPath, [MODULE, '--folder', folder, ...faults], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => module.on('close', () => resolve())).finally(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
  const kill = (): Promise<void> => {
    module.kill('SIGKILL');
    return closed;
  };
  return new Promise((resolve, reject) => {
    module.on('error', reject);
    void closed.then(() => reject(new Error('the module ended')));
    createInterface(module.stdout).on('line', (line) => {
      const [word, first = '', tokenTime = '', digits = ''] = line.split(' ');
      if (word === 'listening') resolve({ port: Number(first), kill });
      else issued.set(first, [...(issued.get(first) ?? []), { tokenTime, digits }]);
    });
  });
}

/** Holds the module's own word against the books: a sale for each token, one token time for each sale. */
export function checkIssued(ledger: LedgerReader, issued: Issued): Findings {
  const sales = new Map(
    ledger
      .prepare(
        `SELECT message_id AS messageId, digits FROM sale
           LEFT JOIN token ON token.sale_id = sale.sale_id AND token_class IN (0, 2)`,
      )
      .all<{ messageId: string; digits: string | null }>()
      .map(({ messageId, digits }) => [messageId, digits] as const),
  );
  const messages = [...issued];
  const unknown = [...sales].filter(
    ([messageId, digits]) =>
      digits !== null && !issued.get(messageId)?.some((token) => token.digits === digits),
  );
  return {
    ...NOTHING_FOUND,
    tokensWithoutSale: messages.filter(([messageId]) => !sales.has(messageId)).length,
    salesWithTwoTokens: messages.filter(
      ([, tokens]) => new Set(tokens.map(({ tokenTime }) => tokenTime)).size > 1,
    ).length,
    broken: unknown.map(([messageId]) => `the module never made the recorded token of message ${messageId}`),
  };
}
