import path from 'node:path';
import {
  calls,
  type CallFault,
  type CallInput,
  type CallName,
  type CallOutput,
  type CountInput,
  type Session,
  type ShiftFiguresView,
  type ShiftView,
} from '../contract/index.ts';
import { moneyText, translator, type Locale } from '../i18n/index.ts';
import { csvLines, findReport, ndjsonLines, runReport } from '../main/reports/index.ts';
import { readSettings, retain, type Station } from '../main/station/index.ts';
import { amountMinor, err, ok, parseAmount, type Currency, type Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { withLedger } from './ledger-commands.ts';
import { openFromTerminal, type OpenFlags } from './open.ts';

export type ShiftFlags = OpenFlags & {
  readonly json: boolean;
  readonly operator: string;
  readonly pin: string;
  readonly drawer?: string;
  /** `100x2,50x4`: amounts as a cashier types them. */
  readonly cash?: string;
  readonly shift?: string;
  readonly number?: string;
  readonly reason?: string;
};

export const SHIFT_VERBS = ['open', 'drop', 'x', 'end', 'count', 'close', 'z', 'list'] as const;
export type ShiftVerb = (typeof SHIFT_VERBS)[number];

/** One open station with somebody signed in, and the door's own rule about roles. */
type Desk = {
  readonly station: Station;
  readonly currency: Currency;
  readonly locale: Locale;
  readonly ask: <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ) => Promise<Result<CallOutput<Name>, CallFault>>;
};

async function openDesk(
  station: Station,
  flags: ShiftFlags,
  locale: Locale,
): Promise<Result<Desk, CallFault>> {
  const session: Session = station.newSession();
  const ask: Desk['ask'] = async (name, input) => {
    const { roles } = calls[name];
    const may = roles === 'anyone' || (session.operator && roles.includes(session.operator.role));
    if (!may) return err({ code: 'not-allowed', params: {}, retry: 'no' });
    return station.handlers[name](calls[name].input.parse(input) as never, session);
  };
  const signedIn = await ask('operators.signIn', { name: flags.operator, pin: flags.pin });
  if (!signedIn.ok) return signedIn;
  const status = await ask('station.status', {});
  return status.ok ? ok({ station, currency: status.value.currency, locale, ask }) : status;
}

/** What one verb does and what it has to say. */
type Run = (
  desk: Desk,
  flags: ShiftFlags,
) => Promise<Result<readonly [unknown, readonly string[]], CallFault>>;

const requestId = ({ station }: Desk): string => station.newId();

const RUNS: Readonly<Record<ShiftVerb, Run>> = {
  open: async (desk, flags) => {
    const float = cashOf(desk, flags.cash ?? '');
    if (!float.ok) return float;
    return shown(
      await desk.ask('shift.open', {
        requestId: requestId(desk),
        drawer: flags.drawer ?? '1',
        float: float.value,
      }),
    );
  },
  drop: async (desk, flags) => {
    const cash = cashOf(desk, flags.cash ?? '');
    return cash.ok
      ? shown(await desk.ask('shift.drop', { requestId: requestId(desk), cash: cash.value }))
      : cash;
  },
  end: (desk, flags) =>
    ofShift(desk, flags, async ({ shiftId }) =>
      shown(
        await desk.ask('shift.end', { requestId: requestId(desk), shiftId, reason: flags.reason ?? null }),
      ),
    ),
  count: (desk, flags) =>
    ofShift(desk, flags, async ({ shiftId }) => {
      const cash = cashOf(desk, flags.cash ?? '');
      if (!cash.ok) return cash;
      const count: CountInput = { cash: cash.value, slips: [] };
      return shown(await desk.ask('shift.count', { requestId: requestId(desk), shiftId, count }));
    }),
  close: (desk, flags) =>
    ofShift(desk, flags, async ({ shiftId }) => {
      const closed = await desk.ask('shift.close', { requestId: requestId(desk), shiftId });
      if (!closed.ok) return closed;
      return ok([closed.value, [`Z ${closed.value.zNumber}`]]);
    }),
  x: (desk, flags) =>
    ofShift(desk, flags, async ({ shiftId }) => figured(desk, await desk.ask('shift.x', { shiftId }))),
  z: async (desk, flags) => {
    const zs = await desk.ask('shift.zs', {});
    if (!zs.ok) return zs;
    const number = flags.number === undefined ? zs.value.zs[0]?.number : Number(flags.number);
    return figured(desk, await desk.ask('shift.z', { number: number ?? 1 }));
  },
  list: async (desk) => {
    const state = await desk.ask('shift.state', {});
    if (!state.ok) return state;
    return ok([state.value, state.value.open.map(lineOf)]);
  },
};

function lineOf(shift: ShiftView): string {
  return `shift ${shift.number}, drawer ${shift.drawer}, ${shift.operatorName}: ${shift.step}`;
}

function shown(shift: Result<ShiftView, CallFault>): Awaited<ReturnType<Run>> {
  return shift.ok ? ok([shift.value, [lineOf(shift.value)]]) : shift;
}

function figured(desk: Desk, figures: Result<ShiftFiguresView, CallFault>): Awaited<ReturnType<Run>> {
  if (!figures.ok) return figures;
  const money = (minor: number): string => moneyText(amountMinor(minor), desk.currency);
  const words = translator(desk.locale);
  const { shift, z, expected, variances, doubts, sales } = figures.value;
  return ok([
    figures.value,
    [
      z ? `Z ${z.name}, head ${z.head}` : `X of ${lineOf(shift)}`,
      `${words('slip.sold')}: ${sales.count}, ${money(sales.amountMinor)}`,
      ...expected.map((each) => `${words('slip.expected')} ${each.account}: ${money(each.amountMinor)}`),
      ...variances.map((each) => `${words('slip.variance')} ${each.account}: ${money(each.varianceMinor)}`),
      ...doubts.map((each) => `${words('slip.doubts')}: ${each.receiptNumber}, ${money(each.amountMinor)}`),
    ],
  ]);
}

/** The shift by its number, or one's own. */
async function ofShift(
  desk: Desk,
  flags: ShiftFlags,
  work: (shift: ShiftView) => ReturnType<Run>,
): ReturnType<Run> {
  const state = await desk.ask('shift.state', {});
  if (!state.ok) return state;
  const { mine, open } = state.value;
  const shift = flags.shift === undefined ? mine : open.find(({ number }) => number === Number(flags.shift));
  return shift ? work(shift) : err({ code: 'no-open-shift', params: {}, retry: 'safe' });
}

/** `100x2,50x4` as a count. */
function cashOf(desk: Desk, text: string): Result<CountInput['cash'], CallFault> {
  const cash: CountInput['cash'] = [];
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [amount = '', quantity = ''] = part.split('x');
    const denomination = parseAmount(amount, desk.currency);
    if (!denomination.ok || !/^\d{1,6}$/u.test(quantity.trim()))
      return err({ code: 'count-invalid', params: {}, retry: 'no' });
    cash.push({ denominationMinor: denomination.value, quantity: Number(quantity) });
  }
  return ok(cash);
}

/** `station shift VERB`: the calls of the drawer screens, in their order. */
export async function shiftCommand(io: Io, verb: ShiftVerb, flags: ShiftFlags): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    const desk = await openDesk(opened.value, flags, io.locale ?? 'en');
    if (!desk.ok) return sayFault(io, desk.error, flags.json);
    const done = await RUNS[verb](desk.value, flags);
    if (!done.ok) return sayFault(io, done.error, flags.json);
    const [value, lines] = done.value;
    if (flags.json) io.out(JSON.stringify({ ok: true, result: value }));
    else for (const line of lines) io.out(line);
    return EXIT.done;
  } finally {
    await opened.value.close();
  }
}

export type ReportFlags = {
  readonly data: string;
  readonly json: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly format: 'csv' | 'ndjson';
};

/** `station report NAME`: read beside a station that sells; CSV or NDJSON on standard output. */
export function reportCommand(io: Io, name: string, flags: ReportFlags): number {
  const settings = readSettings(path.join(flags.data, 'station.json'));
  if (!settings.ok) return sayFault(io, settings.error, flags.json);
  if (!findReport(name)) return sayFault(io, { code: 'report-unknown', params: {} }, flags.json);
  const today = new Date().toISOString().slice(0, 10);
  const { from = today, to = from, text = '' } = flags;
  if (![from, to].every((day) => /^\d{4}-\d\d-\d\d$/u.test(day)) || from > to)
    return sayFault(io, { code: 'report-days', params: {} }, flags.json);
  const { zone } = settings.value;
  return withLedger(io, flags, (ledger) => {
    const report = runReport(ledger, { name, from, to, text, zone });
    const lines = flags.format === 'csv' ? csvLines(report, settings.value) : ndjsonLines(report);
    for (const line of lines) io.out(line);
    return EXIT.done;
  });
}

/** `station retention`: takes customers' data out of what is older than so many months. */
export async function retentionCommand(
  io: Io,
  flags: OpenFlags & { readonly json: boolean; readonly months: number },
): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    const blanked = retain(opened.value.ledger, flags.months, Date.now());
    if (flags.json) io.out(JSON.stringify({ ok: true, ...blanked }));
    else io.out(`${blanked.sales} sales and ${blanked.receipts} receipts hold no personal data any more.`);
    return EXIT.done;
  } finally {
    await opened.value.close();
  }
}
