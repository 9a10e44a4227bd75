import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { SaleStep } from '../../main/ledger/index.ts';
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

/** What the books say of a message that a module may have been asked. */
type Asked = { readonly messageId: string; readonly digits: string | null; readonly step: SaleStep };

/** Whether the books have a place for a token that was made: a recorded sale holds it, an open one will ask for it. */
function hasPlace(sale: Asked | undefined): boolean {
  if (sale?.step === 'recorded' || sale?.step === 'closed') return sale.digits !== null;
  return sale?.step === 'intended' || sale?.step === 'in-doubt' || sale?.step === 'issued';
}

/** Holds the module's own word against the books: a sale that counts for each token, one token time for each sale. */
export function checkIssued(ledger: LedgerReader, issued: Issued): Findings {
  const sales = ledger
    .prepare(
      `SELECT message_id AS messageId, digits, (SELECT step FROM sale_step
           WHERE sale_step.sale_id = sale.sale_id ORDER BY row_id DESC LIMIT 1) AS step
         FROM sale LEFT JOIN token ON token.sale_id = sale.sale_id AND token_class IN (0, 2)`,
    )
    .all<Asked>();
  const byMessage = new Map(sales.map((sale) => [sale.messageId, sale]));
  const messages = [...issued];
  const neverMade = sales.filter(
    ({ messageId, digits }) =>
      digits !== null && !issued.get(messageId)?.some((token) => token.digits === digits),
  );
  return {
    ...NOTHING_FOUND,
    tokensWithoutSale: messages.filter(([messageId]) => !hasPlace(byMessage.get(messageId))).length,
    salesWithTwoTokens: messages.filter(
      ([, tokens]) => new Set(tokens.map(({ tokenTime }) => tokenTime)).size > 1,
    ).length,
    broken: neverMade.map(
      ({ messageId }) => `the module never made the recorded token of message ${messageId}`,
    ),
  };
}
