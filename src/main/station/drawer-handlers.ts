import { isDeepStrictEqual } from 'node:util';
import {
  refuse,
  type CallFault,
  type DrawerSetUp,
  type Handlers,
  type StationSettings,
} from '../../contract/index.ts';
import { assert, ok, type Result } from '../../units/index.ts';
import { appendRecord, businessDateOf, type Moment } from '../ledger/index.ts';
import { openShifts, shiftSettings } from '../shifts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { momentOf } from './shift-handlers.ts';

type Part = Pick<Handlers, 'drawers.read' | 'drawers.change'>;

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
      const write = (tx: LedgerTx, kind: Word['kind'], detail: object): void =>
        writeWord(tx, momentOf(deps, session), kind, { ...wanted, before: now(), ...detail });
      const changed = stored(deps.ledger, requestId, 'drawers.change', (tx) => {
        const fit = check(tx, deps.settings, wanted);
        if (!fit.ok) return fit;
        write(tx, 'drawers-changed', {});
        return ok(wanted);
      });
      if (!changed.ok) return changed;
      // The file may lack it after a cut; but an older request that comes again does not undo a newer one.
      const last = newestWord(deps.ledger);
      if (!isDeepStrictEqual(last.setUp, changed.value)) return ok(now());
      const { beneficiary, ...rest } = changed.value;
      const kept = deps.keepShifts({ ...rest, ...(beneficiary === '' ? {} : { beneficiary }) });
      // Whoever reads the journal must not take for done what the file does not have, or for undone what it has.
      if (!kept.ok) deps.ledger.transaction((tx) => write(tx, 'drawers-not-kept', kept.error.params));
      else if (last.kind === 'drawers-not-kept')
        deps.ledger.transaction((tx) => write(tx, 'drawers-changed', {}));
      deps.tell('status-changed');
      return kept.ok ? ok(now()) : refuse(kept.error.code, kept.error.params, 'safe');
    },
  };
}

/** What the journal says last of drawers: that they were to be set up like this, or that the file did not take it. */
type Word = { readonly kind: 'drawers-changed' | 'drawers-not-kept'; readonly setUp: object };

function writeWord(tx: LedgerTx, moment: Moment, kind: Word['kind'], detail: object): void {
  appendRecord(tx, {
    kind,
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: null,
    detail,
  });
}

function newestWord(ledger: LedgerReader): Word {
  const row = ledger
    .prepare(
      `SELECT kind, detail FROM record WHERE kind IN ('drawers-changed', 'drawers-not-kept')
       ORDER BY record_id DESC LIMIT 1`,
    )
    .get<{ kind: Word['kind']; detail: string }>();
  assert(row, 'a change of drawers was just written');
  const {
    before: _before,
    file: _file,
    reason: _reason,
    ...setUp
  } = JSON.parse(row.detail) as object & {
    readonly before: unknown;
    readonly file?: string;
    readonly reason?: string;
  };
  return { kind: row.kind, setUp };
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
