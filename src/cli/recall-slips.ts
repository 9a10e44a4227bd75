import { existsSync, readFileSync } from 'node:fs';
import { paperSlipsShape, type CallFault, type PaperSlip } from '../contract/index.ts';
import type { Station } from '../main/station/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';

export type RecallSlipsFlags = {
  readonly from: string;
  readonly operator: string;
  readonly pin: string;
  readonly json: boolean;
};

/** Signs a supervisor in and brings back what the slips of a file show: all of them or, with one refused, none. */
export async function recallSlips(io: Io, station: Station, flags: RecallSlipsFlags): Promise<number> {
  const slips = readSlips(flags.from);
  if (!slips.ok) return sayFault(io, slips.error, flags.json);
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn'](
    { name: flags.operator, pin: flags.pin },
    session,
  );
  if (!signedIn.ok) return sayFault(io, signedIn.error, flags.json);
  const { operator } = session;
  if (operator === null || operator.role === 'cashier')
    return sayFault(io, { code: 'not-allowed', params: {} }, flags.json);
  const recalled = await station.recallSlips(slips.value, operator);
  if (!recalled.ok) return sayFault(io, recalled.error, flags.json);
  if (flags.json) io.out(JSON.stringify({ ok: true, slips: recalled.value }));
  else
    for (const { receiptNumber, outcome } of recalled.value)
      io.out(`${receiptNumber}: ${outcome === 'recalled' ? 'brought back' : 'was there already'}`);
  return EXIT.done;
}

function readSlips(file: string): Result<readonly PaperSlip[], Pick<CallFault, 'code' | 'params'>> {
  const unreadable = (reason: string): ReturnType<typeof readSlips> =>
    err({ code: 'slip-file', params: { path: file, reason } });
  if (!existsSync(file)) return unreadable('missing');
  try {
    const parsed = paperSlipsShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return ok(parsed.data.slips);
    const [issue] = parsed.error.issues;
    return unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}
