import type { CallFault, SignedInOperator, StationSettings } from '../../contract/index.ts';
import { civilInZone, civilToText, ok, unixMs, type Result } from '../../units/index.ts';
import { appendRecord, businessDateOf, CLOCK_ACCEPTED, clockFault } from '../ledger/index.ts';
import { CLOCK_STOPS_MS, type SecureModule } from '../secure-module/index.ts';
import { StorageError, type LedgerReader } from '../store/index.ts';
import type { VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';

/** What a clock is judged by. */
export type ClockDeps = Pick<VendingDeps, 'ledger' | 'settings' | 'module' | 'now'>;

/** How far a module's own clock may be from the computer's before somebody has to look which is right. */
export const CLOCK_APART_MS = 10 * 60_000;

/** Whether the computer's clock is one to sell by. Both times go with a refusal, on the utility's clock. */
export function checkClock(
  ledger: LedgerReader,
  settings: StationSettings,
  nowUnixMs: number,
): Result<true, CallFault> {
  const fault = clockFault(ledger, nowUnixMs);
  if (!fault) return ok(true);
  const { code, lastUnixMs } = fault;
  return refuse(
    code,
    { clock: clockText(settings, nowUnixMs), last: clockText(settings, lastUnixMs) },
    'safe',
  );
}

function clockText(settings: StationSettings, ms: number): string {
  return civilToText(civilInZone(unixMs(ms), settings.zone));
}

/** Who stands for a clock that the newest record does not. */
type Voucher =
  | { readonly by: 'module'; readonly moduleUnixMs: number }
  | { readonly by: 'training' }
  | {
      readonly by: 'supervisor';
      readonly operatorId: string;
      readonly reason: string;
      /** The module's clock less the computer's, or null where it has none. */
      readonly moduleApartMs: number | null;
    };

/** Makes the clock's word the newest record: from then on it is no jump any more. */
function writeAccepted(deps: ClockDeps, voucher: Voucher): Result<true, CallFault> {
  const nowUnixMs = deps.now();
  const { operatorId, ...rest } = { operatorId: null, ...voucher };
  try {
    deps.ledger.transaction((tx) =>
      appendRecord(tx, {
        kind: CLOCK_ACCEPTED,
        atUnixMs: nowUnixMs,
        businessDate: businessDateOf(nowUnixMs, deps.settings.zone),
        operatorId,
        subjectId: null,
        detail: {
          clockUnixMs: nowUnixMs,
          lastUnixMs: clockFault(tx, nowUnixMs)?.lastUnixMs ?? null,
          ...rest,
        },
      }),
    );
    return ok(true);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return refuse('storage-failed', { reason: error.sqliteCode }, 'safe');
  }
}

/** The module's own clock, or undefined for a module that has none or does not say. */
async function moduleClock(module: SecureModule | undefined): Promise<number | undefined> {
  if (!module?.capabilities.ownClock) return undefined;
  const clock = await module.clock();
  return clock.ok && clock.value.source === 'module' ? clock.value.unixMs : undefined;
}

/** Beyond what anybody can accept: nothing is sold with such a module. */
function isFarOff(moduleUnixMs: number | undefined, nowUnixMs: number): boolean {
  return moduleUnixMs !== undefined && Math.abs(moduleUnixMs - nowUnixMs) > CLOCK_STOPS_MS;
}

function openModule(deps: ClockDeps): SecureModule | undefined {
  const module = deps.module();
  return module.ok ? module.value : undefined;
}

/**
 * Whether to sell by this clock. A jump ahead is taken when the module's own clock agrees, which is recorded; a
 * training till takes it by itself. A clock apart from the module's is refused until a supervisor has accepted it.
 */
export async function agreeOnClock(deps: ClockDeps): Promise<Result<true, CallFault>> {
  const told = await moduleClock(openModule(deps));
  const nowUnixMs = deps.now();
  // A module that is farther off sells nothing, whoever accepts its clock, and has no word about this one.
  const own = isFarOff(told, nowUnixMs) ? undefined : told;
  const jumped = clockFault(deps.ledger, nowUnixMs)?.code === 'clock-jumped';
  const apartMs = own === undefined ? 0 : own - nowUnixMs;
  const apart = Math.abs(apartMs) > CLOCK_APART_MS;
  if (jumped && deps.settings.profile === 'training') return writeAccepted(deps, { by: 'training' });
  if (jumped && own !== undefined && !apart) return writeAccepted(deps, { by: 'module', moduleUnixMs: own });
  const clock = checkClock(deps.ledger, deps.settings, nowUnixMs);
  if (!clock.ok || own === undefined || !apart || isAccepted(deps, apartMs, nowUnixMs)) return clock;
  const params = { clock: clockText(deps.settings, nowUnixMs), module: clockText(deps.settings, own) };
  return refuse('clock-apart', params, 'safe');
}

/** A supervisor's word for a module's clock holds for the business day, while the clocks drift no farther apart. */
function isAccepted(deps: ClockDeps, apartMs: number, nowUnixMs: number): boolean {
  const row = deps.ledger
    .prepare(`SELECT detail FROM record WHERE business_date = ? AND kind = ? ORDER BY record_id DESC LIMIT 1`)
    .get<{ detail: string }>(businessDateOf(nowUnixMs, deps.settings.zone), CLOCK_ACCEPTED);
  const accepted =
    row && (JSON.parse(row.detail) as { readonly moduleApartMs?: number | null }).moduleApartMs;
  return typeof accepted === 'number' && Math.abs(accepted - apartMs) <= CLOCK_APART_MS;
}

/**
 * A supervisor has compared both times with another clock and says that the computer's is right. That ends a jump
 * whatever the module says; of a module that is too far off for anybody's word, and nothing else to accept,
 * `module-clock-window` with both times: one of the clocks has to be set.
 */
export async function acceptClock(
  deps: ClockDeps,
  supervisor: SignedInOperator,
  reason: string,
): Promise<Result<true, CallFault>> {
  const own = await moduleClock(openModule(deps));
  const nowUnixMs = deps.now();
  const fault = clockFault(deps.ledger, nowUnixMs)?.code;
  if (fault === 'clock-behind') return checkClock(deps.ledger, deps.settings, nowUnixMs);
  const farOff = isFarOff(own, nowUnixMs);
  if (own !== undefined && farOff && fault === undefined) {
    const [moduleTime, computerTime] = [own, nowUnixMs].map((ms) => clockText(deps.settings, ms));
    return refuse(
      'module-clock-window',
      { moduleTime: moduleTime ?? '', computerTime: computerTime ?? '' },
      'safe',
    );
  }
  const { operatorId } = supervisor;
  const moduleApartMs = own === undefined || farOff ? null : own - nowUnixMs;
  return writeAccepted(deps, { by: 'supervisor', operatorId, reason, moduleApartMs });
}
