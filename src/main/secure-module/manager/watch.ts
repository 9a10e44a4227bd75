import type { ModuleAction } from '../../../contract/index.ts';
import { KEN_NEVER, MAX_TID, minuteOfTid } from '../../../sts/index.ts';
import { minutesFromEpoch, type UnixMs } from '../../../units/index.ts';
import type { ModuleClock, ModuleCounters, ModuleKey } from '../port.ts';

/** What a person should know before it stops a sale. */
export type ModuleWarning = {
  readonly code: keyof typeof ACTIONS;
  /** `early` at 90 days, `soon` at 30, `urgent` at 7 and when it is over. */
  readonly level: 'early' | 'soon' | 'urgent';
  readonly params: Readonly<Record<string, string | number>>;
};

const ACTIONS = {
  'clock-differs': 'set-clock',
  'key-expires': 'load-keys',
  'issue-ends': 'load-keys',
  'refresh-due': 'fetch-keys',
  'transactions-low': 'buy-credit',
  'units-low': 'buy-credit',
} as const satisfies Record<string, ModuleAction>;

/** What a person does about a warning. */
export function actionForWarning(code: ModuleWarning['code']): ModuleAction {
  return ACTIONS[code];
}

const DAY_MS = 86_400_000;
const MS_A_MINUTE = 60_000;
const LEVELS = [
  { level: 'urgent', days: 7 },
  { level: 'soon', days: 30 },
  { level: 'early', days: 90 },
] as const;
/** Clocks may differ by a network's or a battery's worth; then somebody should look. */
export const CLOCK_WARNS_MS = 2 * MS_A_MINUTE;
/** Beyond this a token time is no longer the module's business hour: nothing is sold. */
export const CLOCK_STOPS_MS = 15 * MS_A_MINUTE;
/** A few days' sales of a busy counter. */
const FEW_TRANSACTIONS = 2_000;
/** The share of a unit limit that is left, in percent. */
const FEW_UNITS_PERCENT = 10;
const TID_BLOCK = 2 ** 16;

/** When the last token time of a key lies, on the supply group's clock taken as UTC. */
export function keyEndsUnixMs({ ken, baseDate }: Pick<ModuleKey, 'ken' | 'baseDate'>): number {
  const lastTid = ken === KEN_NEVER ? MAX_TID : (ken + 1) * TID_BLOCK - 1;
  return (minutesFromEpoch(minuteOfTid(baseDate, lastTid)) ?? 0) * MS_A_MINUTE;
}

function levelOf(leftMs: number): ModuleWarning['level'] | undefined {
  return LEVELS.find(({ days }) => leftMs <= days * DAY_MS)?.level;
}

function keyWarnings(key: ModuleKey, now: UnixMs): readonly ModuleWarning[] {
  const { sgc, krn, register, issuedUntilUnixMs, refreshByUnixMs } = key;
  const ends = [
    ['key-expires', keyEndsUnixMs(key)],
    ['issue-ends', issuedUntilUnixMs],
    ['refresh-due', refreshByUnixMs],
  ] as const;
  return ends.flatMap(([code, atUnixMs]) => {
    const level = atUnixMs === null ? undefined : levelOf(atUnixMs - now);
    if (atUnixMs === null || level === undefined) return [];
    const days = Math.max(0, Math.ceil((atUnixMs - now) / DAY_MS));
    return [{ code, level, params: { sgc, krn, register, days, atUnixMs } }];
  });
}

function counterWarnings(counters: ModuleCounters, keys: readonly ModuleKey[]): readonly ModuleWarning[] {
  const { transactionsLeft } = counters;
  const warnings: ModuleWarning[] = [];
  if (transactionsLeft !== null && transactionsLeft < FEW_TRANSACTIONS) {
    const level = transactionsLeft === 0 ? 'urgent' : 'soon';
    warnings.push({ code: 'transactions-low', level, params: { left: transactionsLeft } });
  }
  for (const { register, unitsLeftTenths } of counters.keys) {
    const key = keys.find((each) => each.register === register);
    const limit = key?.unitLimitTenths ?? null;
    if (!key || limit === null || unitsLeftTenths === null) continue;
    if (unitsLeftTenths * 100 > limit * FEW_UNITS_PERCENT) continue;
    const level = unitsLeftTenths === 0 ? 'urgent' : 'soon';
    const { sgc, krn } = key;
    warnings.push({ code: 'units-low', level, params: { sgc, krn, register, left: unitsLeftTenths } });
  }
  return warnings;
}

/** Everything about a module that will stop sales one day: its clock, its keys, its counters. */
export function moduleWarnings(
  keys: readonly ModuleKey[],
  counters: ModuleCounters | null,
  clock: ModuleClock,
  now: UnixMs,
): readonly ModuleWarning[] {
  const differsMs = Math.abs(clock.unixMs - now);
  const clocks: readonly ModuleWarning[] =
    differsMs <= CLOCK_WARNS_MS
      ? []
      : [
          {
            code: 'clock-differs',
            level: differsMs > CLOCK_STOPS_MS ? 'urgent' : 'soon',
            params: { minutes: Math.round(differsMs / MS_A_MINUTE) },
          },
        ];
  return [
    ...clocks,
    ...keys.flatMap((key) => keyWarnings(key, now)),
    ...(counters ? counterWarnings(counters, keys) : []),
  ];
}
