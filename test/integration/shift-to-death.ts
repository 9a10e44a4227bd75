import { randomBytes } from 'node:crypto';
import {
  closeShift,
  countShift,
  deposits,
  dropCash,
  endBanking,
  endShift,
  handOver,
  lastCycle,
  openShift,
  openShifts,
  payInOrOut,
  makeDeposit,
} from '../../src/main/shifts/index.ts';
import { balanceOf } from '../../src/main/ledger/index.ts';
import { openWriter, type LedgerTx } from '../../src/main/store/index.ts';
import { makeId, type Result } from '../../src/units/index.ts';

/**
 * Day after day until it is killed: Amina opens with 500, 200 are paid in and 100 dropped, Brian takes the drawer over,
 * ends, counts and closes; 200 go to the bank, and the banking ends. Says which step it is about to take.
 */
const opened = openWriter('ledger', process.argv[2] ?? '');
if (!opened.ok) throw new Error(opened.error.code);
const ledger = opened.value;
const AMINA = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const BRIAN = { operatorId: 'brian', name: 'Brian', role: 'cashier' } as const;
const settings = { drawers: ['1'], closedByAnother: false, denominationsMinor: [100], beneficiary: '' };
const notes = (quantity: number) => [{ denominationMinor: 100, quantity }];
const moment = { nowUnixMs: Date.now(), zone: 'UTC', operatorId: 'amina' };
const newId = (): string => makeId(Date.now(), randomBytes(10));
const count = { cash: notes(6), slips: [] };

type Step = readonly [says: string, take: (tx: LedgerTx) => Result<unknown, { code: string }>];

function nextStep(): Step {
  const [shift] = openShifts(ledger);
  const safeMinor = balanceOf(ledger, 'safe', 'ZAR');
  if (!shift) {
    if (safeMinor > 0) {
      const made = {
        reference: `BAG-${newId()}`,
        account: 'safe',
        currency: 'ZAR',
        beneficiary: '',
      } as const;
      return [
        'deposit',
        (tx) => makeDeposit(tx, moment, { ...made, depositId: newId(), amountMinor: safeMinor }),
      ];
    }
    const banked = lastCycle(ledger, 'banking')?.toRecord ?? 0;
    if ((deposits(ledger, 1)[0]?.recordId ?? 0) > banked)
      return ['end-banking', (tx) => endBanking(tx, moment, newId(), 'ZAR')];
    const opening = { shiftId: newId(), drawer: '1', operatorId: 'amina', currency: 'ZAR', float: notes(5) };
    return ['open', (tx) => openShift(tx, moment, settings, opening)];
  }
  const { shiftId, step, operatorId } = shift;
  if (operatorId === 'amina') {
    const paidIn = ledger
      .prepare("SELECT 1 FROM record WHERE kind = 'safe-drop' AND subject_id = ?")
      .get(shiftId);
    if (paidIn === undefined)
      return [
        'drop',
        (tx) => {
          const paid = payInOrOut(tx, moment, 'amina', {
            direction: 'in',
            amountMinor: 200,
            reason: 'change',
          });
          return paid.ok ? dropCash(tx, moment, settings, 'amina', notes(1)) : paid;
        },
      ];
    const handing = { shiftId, newShiftId: newId(), count };
    return ['hand-over', (tx) => handOver(tx, moment, settings, AMINA, BRIAN, handing)];
  }
  if (step === 'opened') return ['end', (tx) => endShift(tx, moment, BRIAN, shiftId, null)];
  if (step === 'ended') return ['count', (tx) => countShift(tx, moment, settings, BRIAN, shiftId, count)];
  return ['close', (tx) => closeShift(tx, moment, settings, BRIAN, shiftId)];
}

for (;;) {
  const [says, take] = nextStep();
  process.stdout.write(`${says}\n`);
  const done = ledger.transaction(take);
  if (!done.ok) throw new Error(done.error.code);
}
