import { isDeepStrictEqual } from 'node:util';
import {
  refuse,
  type CallFault,
  type DrawerSetUp,
  type Handlers,
  type StationSettings,
} from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { appendRecord, businessDateOf } from '../ledger/index.ts';
import { openShifts, shiftSettings } from '../shifts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { momentOf } from './shift-handlers.ts';

type Part = Pick<Handlers, 'drawers.read' | 'drawers.change'>;

/** Keeps what the settings say of drawers, in their file and for this run. */
export type KeepShifts = (shifts: NonNullable<StationSettings['shifts']>) => void;

/** How the administrator sets drawers and denominations. */
export function drawerHandlers(deps: HandlerDeps): Part {
  const now = (): DrawerSetUp => {
    const { drawers, denominationsMinor, ...rest } = shiftSettings(deps.settings);
    return { ...rest, drawers: [...drawers], denominationsMinor: [...denominationsMinor] };
  };
  return {
    'drawers.read': async () => ok(now()),
    'drawers.change': async ({ requestId, ...asked }, session) => {
      const wanted = tidied(asked);
      const moment = momentOf(deps, session);
      const changed = stored(deps.ledger, requestId, 'drawers.change', (tx) => {
        const fit = check(tx, deps.settings, wanted);
        if (!fit.ok) return fit;
        appendRecord(tx, {
          kind: 'drawers-changed',
          atUnixMs: moment.nowUnixMs,
          businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
          operatorId: moment.operatorId,
          subjectId: null,
          detail: { ...wanted, before: now() },
        });
        return ok(wanted);
      });
      if (!changed.ok) return changed;
      // The file may lack it after a cut; but an older request that comes again does not undo a newer one.
      if (!isNewest(deps.ledger, changed.value)) return ok(now());
      const { beneficiary, ...rest } = changed.value;
      deps.keepShifts({ ...rest, ...(beneficiary === '' ? {} : { beneficiary }) });
      deps.tell('status-changed');
      return ok(now());
    },
  };
}

function isNewest(ledger: LedgerReader, setUp: DrawerSetUp): boolean {
  const row = ledger
    .prepare("SELECT detail FROM record WHERE kind = 'drawers-changed' ORDER BY record_id DESC LIMIT 1")
    .get<{ detail: string }>();
  const { before: _before, ...newest } = JSON.parse(row?.detail ?? '{}') as Record<string, unknown>;
  return isDeepStrictEqual(newest, setUp);
}

/** Names without spaces around them, denominations from the smallest up. */
function tidied(asked: DrawerSetUp): DrawerSetUp {
  return {
    ...asked,
    drawers: asked.drawers.map((name) => name.trim()),
    denominationsMinor: asked.denominationsMinor.toSorted((one, other) => one - other),
    beneficiary: asked.beneficiary.trim(),
  };
}

function check(tx: LedgerTx, settings: StationSettings, wanted: DrawerSetUp): Result<null, CallFault> {
  const { drawers, denominationsMinor } = wanted;
  const unfit = (reason: string): Result<null, CallFault> => refuse('drawer-set-up', { reason });
  if (drawers.includes('')) return unfit('empty');
  if (new Set(drawers).size < drawers.length) return unfit('twice');
  if (new Set(denominationsMinor).size < denominationsMinor.length) return unfit('coin');
  // A count in such money could never be what the journal expects.
  if (denominationsMinor.some((minor) => minor % settings.currency.cashStepMinor !== 0))
    return unfit('money');
  const present = shiftSettings(settings).denominationsMinor;
  const keepsMoney = present.every((minor) => denominationsMinor.includes(minor));
  // Who has counted in a note has to be able to count it again.
  const used = openShifts(tx).find(({ drawer }) => !keepsMoney || !drawers.includes(drawer));
  return used ? refuse('drawer-in-use', { drawer: used.drawer, number: used.number }) : ok(null);
}
