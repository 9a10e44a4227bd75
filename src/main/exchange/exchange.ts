import { ACK_FAULT } from '../../batch/index.ts';
import type { HeadOfficeSettings, HeadOfficeStatus } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import {
  allowanceLeft,
  businessDateOf,
  headOfficeWord,
  keepTimeSeen,
  timeSeen,
  type AllowanceLeft,
} from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';
import {
  askToEnrol,
  makeNextKey,
  standingOf,
  type EnrolDeps,
  type ExchangeFault,
  type Standing,
} from './enrolment.ts';
import { openTransport } from './open-transport.ts';
import { openBatches, lastEvent, unsentRecords } from './outbox.ts';
import { lostLeft } from './take-package.ts';
import type { Transport } from './transport.ts';
import { visit, type Visit, type VisitDeps } from './visit.ts';

export type ExchangeDeps = Omit<VisitDeps, 'undisturbed'> & {
  /** As they are now; undefined for a station that stands alone. */
  readonly settings: () => HeadOfficeSettings | undefined;
  /** 0 up to 1. */
  readonly randomPart: () => number;
  /** Told when something that the status shows has changed. */
  readonly onChange: () => void;
  readonly openTransport?: (settings: HeadOfficeSettings['transport'], station: string) => Promise<Transport>;
};

export type Exchange = {
  /** A visit now, or the one that is under way. `again` sends what is unsettled once more. */
  readonly visitNow: (again?: boolean) => Promise<Result<Visit, ExchangeFault>>;
  /** A visit soon: after a Z, or once the station is open. */
  readonly soon: () => void;
  readonly status: () => HeadOfficeStatus;
  /** Minutes between two visits: head office's word, the settings', or the usual ones. */
  readonly everyMinutes: () => number;
  /** Asks head office by its one-time code to know the station by its key; a visit takes the request there. */
  readonly enrol: (code: string, operatorId: string) => Result<null, ExchangeFault>;
  /** Makes the key that takes over once a batch has announced it; a visit sends the batch. */
  readonly rotate: (operatorId: string) => Result<null, ExchangeFault>;
  /** Does something between two packages: what a package was checked against stays as it is until it is applied. */
  readonly betweenPackages: <Value>(work: () => Value) => Promise<Value>;
  /** To be told when the settings say another place: looks how the station stands, and visits there. */
  readonly placeChanged: () => void;
  /** Head office's key, once it has answered. */
  readonly officeKey: () => string | null;
  readonly close: () => Promise<void>;
};

const MINUTE_MS = 60_000;
const START_MS = 5_000;
const EVERY_MINUTES = 30;
/** The wait is up to this part longer or shorter, so that stations don't all come at once. */
const JITTER = 0.2;
const FIRST_BACK_OFF_MS = 60_000;

/**
 * Keeps head office and station in touch beside the till: on a timer while anything is unsent, soon after start,
 * and when asked. A visit that fails is tried again after a while that doubles. Never in the way of a sale: files
 * are built and packages applied on threads of their own.
 */
export function openExchange(deps: ExchangeDeps): Exchange {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<Result<Visit, ExchangeFault>> | undefined;
  let failures = 0;
  let closed = false;
  let problem: string | null = null;
  /** Whether all that is unsettled has yet to go: to another place, or because somebody asked. */
  let allDue = false;
  let progress: HeadOfficeStatus['progress'] = null;
  // Kept: the status is asked for with every sale, and the disk has better things to do.
  const known = { standing: look(deps) };
  const clock = watchTime(deps);
  const { undisturbed, betweenPackages } = openGate();

  const plan = (afterMs: number): void => {
    if (closed || !deps.settings()) return;
    clearTimeout(timer);
    timer = setTimeout(() => void visitNow(), afterMs).unref();
  };
  const planNext = (): void => {
    const everyMs = everyMinutes(deps) * MINUTE_MS;
    const wait = failures === 0 ? everyMs : Math.min(everyMs, FIRST_BACK_OFF_MS * 2 ** (failures - 1));
    plan(wait * (1 + JITTER * (2 * deps.randomPart() - 1)));
  };
  const visitNow = (again = false): Promise<Result<Visit, ExchangeFault>> => {
    const onProgress = (sent: number, all: number): void => {
      progress = { sent, all };
      deps.onChange();
    };
    if (!underWay) allDue ||= again;
    underWay ??= oneVisit({ ...deps, onProgress, undisturbed }, allDue).then((outcome) => {
      underWay = undefined;
      if (outcome.ok) allDue = false;
      progress = null;
      known.standing = look(deps);
      failures = outcome.ok ? 0 : failures + 1;
      problem = outcome.ok ? problemOf(outcome.value) : outcome.error.code;
      deps.onChange();
      planNext();
      return outcome;
    });
    deps.onChange();
    return underWay;
  };
  plan(START_MS);
  return {
    visitNow,
    soon: () => plan(START_MS),
    status: () => statusOf(deps, known.standing, { busy: underWay !== undefined, progress, problem }),
    everyMinutes: () => everyMinutes(deps),
    betweenPackages,
    ...keyChanges(deps, known, (again) => {
      problem = null;
      // One that is under way may be past what was just asked for.
      void (underWay ?? Promise.resolve()).then(() => (closed ? undefined : visitNow(again)));
    }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      clock.close();
      await underWay;
    },
  };
}

/** Taking a package and changing what it is checked against: the one waits for the other, which does not wait for it. */
function openGate(): Pick<VisitDeps, 'undisturbed'> & Pick<Exchange, 'betweenPackages'> {
  const under = new Set<Promise<unknown>>();
  return {
    undisturbed: async (work) => {
      const taking = work();
      under.add(taking);
      try {
        return await taking;
      } finally {
        under.delete(taking);
      }
    },
    // Another package may have begun meanwhile, so it is looked again right before the work.
    betweenPackages: async (work) => {
      while (under.size > 0) await Promise.allSettled(under);
      return work();
    },
  };
}

/** A file of another hand is no reason to sell nothing: each visit fails on it and says why. */
function look({ folder, ledger, settings }: ExchangeDeps): Standing {
  const none: Standing = { state: 'none', asking: false, again: null, headOfficeKey: null };
  if (!settings()) return none;
  try {
    return standingOf(folder, ledger);
  } catch {
    return none;
  }
}

function problemOf({ answers, packages }: Visit): string | null {
  const refused = answers.map(({ verdict }) => ACK_FAULT[verdict]).find((fault) => fault !== null);
  if (refused !== undefined) return refused;
  return packages.some(({ state }) => state === 'refused') ? 'package-refused' : null;
}

/** What an administrator does about keys and the way; each leads to a visit. */
function keyChanges(
  deps: ExchangeDeps,
  known: { standing: Standing },
  visitSoon: (again?: boolean) => void,
): Pick<Exchange, 'enrol' | 'rotate' | 'placeChanged' | 'officeKey'> {
  return {
    officeKey: () => known.standing.headOfficeKey,
    placeChanged: () => {
      known.standing = look(deps);
      // What was sent to the place before may lie there for ever.
      visitSoon(true);
    },
    enrol: (code, operatorId) => {
      const asked = deps.settings() ? askToEnrol(enrolDeps(deps, operatorId), code) : STANDS_ALONE;
      if (!asked.ok) return asked;
      known.standing = look(deps);
      visitSoon();
      return ok(null);
    },
    rotate: (operatorId) => {
      if (!deps.settings()) return STANDS_ALONE;
      if (known.standing.state !== 'enrolled') return err({ code: 'not-enrolled', params: {} });
      const made = makeNextKey(enrolDeps(deps, operatorId));
      if (!made.ok) return made;
      visitSoon();
      return ok(null);
    },
  };
}

const STANDS_ALONE = err<ExchangeFault>({ code: 'stand-alone', params: {} });

function enrolDeps({ folder, stationId, zone, ledger, now }: ExchangeDeps, operatorId: string): EnrolDeps {
  return { folder, stationId, zone, ledger, nowUnixMs: now(), operatorId };
}

async function oneVisit(
  deps: VisitDeps & Pick<ExchangeDeps, 'settings' | 'openTransport'>,
  again: boolean,
): Promise<Result<Visit, ExchangeFault>> {
  const { stationId } = deps;
  const settings = deps.settings();
  if (!settings) return STANDS_ALONE;
  let transport: Transport | undefined;
  try {
    transport = await (deps.openTransport ?? openTransport)(settings.transport, stationId);
    return ok(await visit(deps, transport, again));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
    return err({ code: 'head-office-unreachable', params: { reason } });
  } finally {
    await transport?.close().catch(() => undefined);
  }
}

function everyMinutes({ ledger, settings }: ExchangeDeps): number {
  const word = headOfficeWord<{ readonly everyMinutes: number }>(ledger, 'interval');
  return word?.everyMinutes ?? settings()?.everyMinutes ?? EVERY_MINUTES;
}

const TICK_MS = 60_000;

/** Moves the time that was seen on by a clock that nobody sets, whatever the wall's clock says. */
function watchTime({ ledger, now, upMs, onChange }: ExchangeDeps): { close: () => void } {
  let seen = timeSeen(ledger, now());
  let upAt = upMs();
  const tick = (): void => {
    const up = upMs();
    seen = Math.max(timeSeen(ledger, now()), seen + Math.floor(up - upAt));
    upAt = up;
    // Only an allowance asks for it, and the disk has better things to do.
    if (allowanceLeft(ledger, now()) === undefined) return;
    ledger.transaction((tx) => keepTimeSeen(tx, seen));
    onChange();
  };
  const timer = setInterval(tick, TICK_MS).unref();
  return { close: () => clearInterval(timer) };
}

function statusOf(
  { ledger, settings, now, zone }: ExchangeDeps,
  standing: Standing,
  visiting: Pick<HeadOfficeStatus, 'busy' | 'progress' | 'problem'>,
): HeadOfficeStatus {
  if (!settings())
    return {
      state: 'stand-alone',
      asking: false,
      again: null,
      unsentRecords: 0,
      waitingBatches: 0,
      ...visiting,
      problem: null,
      allowance: null,
      messages: [],
    };
  const waiting = openBatches(ledger);
  const sentAll = waiting.every(({ batchId }) => lastEvent(ledger, batchId)?.event === 'sent');
  const left = allowanceLeft(ledger, now());
  return {
    state: stateOf(standing, waiting.length > 0 && sentAll),
    asking: standing.asking,
    again: standing.again,
    unsentRecords: unsentRecords(ledger),
    waitingBatches: waiting.length,
    ...visiting,
    problem: visiting.problem ?? (lostLeft(ledger, businessDateOf(now(), zone)) ? 'package-left' : null),
    allowance: left ? allowanceView(left) : null,
    messages: messages(ledger, now()),
  };
}

const allowanceView = ({
  valueMinor,
  tokens,
  minutes,
  percent,
}: AllowanceLeft): HeadOfficeStatus['allowance'] => ({
  valueMinor,
  tokens,
  minutes,
  percent,
});

function stateOf({ state }: Standing, awaitsAnswer: boolean): HeadOfficeStatus['state'] {
  if (state === 'none') return 'not-enrolled';
  return state === 'enrolled' && awaitsAnswer ? 'sent' : state;
}

function messages(ledger: LedgerReader, nowUnixMs: number): string[] {
  return ledger
    .prepare(`SELECT value FROM head_office_word WHERE name LIKE 'message/%' ORDER BY name`)
    .all<{ value: string }>()
    .map(({ value }) => JSON.parse(value) as { readonly text: string; readonly untilUnixMs: number })
    .filter(({ untilUnixMs }) => untilUnixMs > nowUnixMs)
    .map(({ text }) => text)
    .slice(0, 10);
}
