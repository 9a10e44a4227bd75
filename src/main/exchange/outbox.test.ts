import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWriter, type LedgerTx } from '../store/index.ts';
import { insertBatch, openBatches, writeAnswer, writeSent } from './outbox.ts';

const AT = 1_700_000_000_000;
const ANSWER = { manifest: Buffer.from('{}'), signature: Buffer.alloc(64) };

function close(tx: LedgerTx, number: number): void {
  const records = { firstRecordId: number, lastRecordId: number };
  insertBatch(tx, { epoch: 1, number, ...records, closedUnixMs: AT, ...ANSWER });
}

const deed = fc.oneof(
  fc.record({ kind: fc.constant('close' as const) }),
  fc.record({
    kind: fc.constantFrom('accepted' as const, 'duplicate' as const, 'gap' as const, 'sent' as const),
    which: fc.nat(30),
  }),
);

describe('open batches', () => {
  it('are those that no answer has settled, in their order, however they were answered', () => {
    let run = 0;
    const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-outbox-'));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const opened = openWriter('ledger', path.join(folder, `run-${(run += 1)}.db`));
        if (!opened.ok) throw new Error(opened.error.code);
        const ledger = opened.value;
        const settled: boolean[] = [];
        for (const done of deeds) {
          ledger.transaction((tx) => {
            if (done.kind === 'close') {
              close(tx, settled.push(false));
            } else if (settled.length > 0) {
              const index = done.which % settled.length;
              if (done.kind === 'sent') writeSent(tx, index + 1, AT);
              else writeAnswer(tx, index + 1, AT, done.kind, ANSWER);
              if (done.kind === 'accepted' || done.kind === 'duplicate') settled[index] = true;
            }
          });
          const wanted = settled.flatMap((isSettled, index) => (isSettled ? [] : [index + 1]));
          expect(openBatches(ledger).map(({ number }) => number)).toEqual(wanted);
        }
        ledger.close();
      }),
      { numRuns: 40 },
    );
    rmSync(folder, { recursive: true });
  });
});
