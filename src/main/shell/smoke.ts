import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { calls, type CallInput, type CallName, type Session } from '../../contract/index.ts';
import { makeId } from '../../units/index.ts';
import type { Dispatch } from '../ipc/dispatch.ts';

/** What the smoke test sells; all of it is training's sample data. */
const SALE = {
  name: 'Amina',
  pin: '1234',
  search: 'Thandi Nkosi',
  amountMinor: 10_000,
  receivedMinor: 20_000,
};

export type SmokeReport =
  | {
      readonly ok: true;
      readonly saleId: string;
      readonly receiptNumber: string;
      readonly token: string;
      readonly unitsTenths: number;
      readonly meterNumber: string;
    }
  | { readonly ok: false; readonly call: string; readonly code: string; readonly ref: string };

class SmokeFailure extends Error {
  readonly report: Extract<SmokeReport, { ok: false }>;

  constructor(report: Extract<SmokeReport, { ok: false }>) {
    super(`${report.call}: ${report.code}`);
    this.report = report;
  }
}

/** One training sale through the same door, checks and handlers that the counter's window uses. */
export async function sellOnce(dispatch: Dispatch): Promise<SmokeReport> {
  const session: Session = { operator: null };
  const need: Need = async (name, input, shape) => {
    const reply = await dispatch({ window: 'counter', session, name, payload: JSON.stringify(input) });
    if (reply.ok) return shape.parse(reply.value);
    throw new SmokeFailure({ ok: false, call: name, code: reply.error.code, ref: reply.error.ref });
  };
  try {
    return await sell(need);
  } catch (error) {
    if (error instanceof SmokeFailure) return error.report;
    throw error;
  }
}

type Need = <Name extends CallName, Shape extends z.ZodType>(
  name: Name,
  input: CallInput<Name>,
  shape: Shape,
) => Promise<z.output<Shape>>;

async function sell(need: Need): Promise<SmokeReport> {
  await need('operators.signIn', { name: SALE.name, pin: SALE.pin }, calls['operators.signIn'].output);
  const { hits } = await need('directory.search', { text: SALE.search }, calls['directory.search'].output);
  const pan = hits[0]?.pan ?? '';
  const quote = await need('sale.quote', { pan, amountMinor: SALE.amountMinor }, calls['sale.quote'].output);
  const sale = await need(
    'sale.vend',
    {
      requestId: makeId(Date.now(), randomBytes(10)),
      pan,
      amountMinor: quote.amountMinor,
      quotedUnitsTenths: quote.unitsTenths,
      tender: { kind: 'cash', receivedMinor: SALE.receivedMinor },
    },
    calls['sale.vend'].output,
  );
  const token = sale.tokens.find(({ kind }) => kind === 'credit')?.digits;
  if (token === undefined) return { ok: false, call: 'sale.vend', code: sale.state, ref: sale.saleId };
  const { saleId, receiptNumber, unitsTenths, meterNumber } = sale;
  return { ok: true, saleId, receiptNumber, token, unitsTenths, meterNumber };
}
