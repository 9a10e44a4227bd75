import { randomBytes } from 'node:crypto';
import {
  closeShift,
  countShift,
  dropCash,
  endShift,
  openShift,
  shiftHeldBy,
} from '../../src/main/shifts/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { makeId } from '../../src/units/index.ts';

/** Opens, drops, counts and closes one shift after the other until it is killed; says what it is about to do. */
const opened = openWriter('ledger', process.argv[2] ?? '');
if (!opened.ok) throw new Error(opened.error.code);
const ledger = opened.value;
const AMINA = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const settings = { drawers: ['1'], closedByAnother: false, denominationsMinor: [100], beneficiary: '' };
const cash = [{ denominationMinor: 100, quantity: 5 }];
const moment = { nowUnixMs: Date.now(), zone: 'UTC', operatorId: 'amina' };
const say = (what: string): void => void process.stdout.write(`${what}\n`);

for (;;) {
  const shift = shiftHeldBy(ledger, 'amina');
  const shiftId = shift?.shiftId ?? makeId<'shift'>(Date.now(), randomBytes(10));
  say(shift?.step ?? 'none');
  ledger.transaction((tx) => {
    if (!shift) {
      const opening = { shiftId, drawer: '1', operatorId: 'amina', currency: 'ZAR', float: cash };
      return openShift(tx, moment, settings, opening);
    }
    if (shift.step === 'opened') {
      dropCash(tx, moment, settings, 'amina', [{ denominationMinor: 100, quantity: 1 }]);
      return endShift(tx, moment, AMINA, shiftId, null);
    }
    if (shift.step === 'ended') return countShift(tx, moment, settings, AMINA, shiftId, { cash, slips: [] });
    return closeShift(tx, moment, settings, AMINA, shiftId);
  });
}
