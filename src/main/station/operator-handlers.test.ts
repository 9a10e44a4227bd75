import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../contract/index.ts';
import { addOperator, changeOperator, operatorById } from '../operators/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { operatorHandlers } from './operator-handlers.ts';

const ZONE = 'Africa/Johannesburg';
const BY_NOBODY = { nowUnixMs: 0, zone: ZONE, operatorId: null };

let folder: string;
let ledger: LedgerWriter;
let ada: string;
let bola: string;
let session: Session;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-people-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
  const add = async (name: string): Promise<string> => {
    const added = await addOperator(ledger, { name, role: 'administrator', pin: '2468' }, BY_NOBODY);
    if (!added.ok) throw new Error(added.error.code);
    return added.value;
  };
  [ada, bola] = [await add('Ada'), await add('Bola')];
  session = { operator: { operatorId: ada, name: 'Ada', role: 'administrator' } };
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ada makes Bola a cashier; while she waits for a package that is being taken, this happens. */
function changeBola(
  meanwhile: () => void,
): ReturnType<ReturnType<typeof operatorHandlers>['operators.change']> {
  const exchange: Pick<HandlerDeps['exchange'], 'betweenPackages'> = {
    betweenPackages: async (work) => {
      await Promise.resolve();
      meanwhile();
      return work();
    },
  };
  const deps = { ledger, now: () => 0, settings: { zone: ZONE }, tell: () => undefined, exchange };
  const handlers = operatorHandlers(deps as unknown as HandlerDeps);
  return handlers['operators.change'](
    { requestId: 'change-1', operatorId: bola, role: 'cashier', active: true },
    session,
  );
}

describe('a change of people that waits for a package', () => {
  it.each([
    { role: 'cashier', active: true },
    { role: 'administrator', active: false },
  ] as const)('is refused when the package leaves whoever asked as %o', async (change) => {
    const answer = await changeBola(() =>
      ledger.transaction((tx) => void changeOperator(tx, BY_NOBODY, ada, change)),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(operatorById(ledger, bola)).toMatchObject({ role: 'administrator' });
  });

  it('is theirs who asked, also when the counter locked itself meanwhile', async () => {
    expect(await changeBola(() => (session.operator = null))).toEqual({ ok: true, value: {} });
    expect(operatorById(ledger, bola)).toMatchObject({ role: 'cashier' });
    expect(
      ledger
        .prepare("SELECT operator_id, subject_id FROM record WHERE kind = 'operator-role-changed'")
        .all<{ operator_id: string; subject_id: string }>(),
    ).toEqual([{ operator_id: ada, subject_id: bola }]);
  });
});
