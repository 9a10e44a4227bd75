import type { CallFault } from '../../contract/index.ts';
import { minuteOfTid } from '../../sts/index.ts';
import { civilToText, err, ok, type Resource, type Result } from '../../units/index.ts';
import { findMeter, searchDirectory, type MeterRecord } from '../directory/index.ts';
import { faultForCall, type ManagementAction, type TokenVerdict } from '../secure-module/index.ts';
import { keysOf, meterAsKnown, refuse, servingKey, type VendingDeps } from '../vending/index.ts';

type GoodVerdict = Extract<TokenVerdict, { good: true }>;

export type TokenReading =
  | {
      readonly good: true;
      readonly kind: GoodVerdict['kind'];
      readonly tokenClass: number;
      readonly subclass: number;
      readonly unitsTenths: number | null;
      readonly resource: Resource;
      /** What a management token does; null for every other. */
      readonly action: ManagementAction | null;
      /** The token time on the supply group's clock, or empty for a token without one. */
      readonly madeAt: string;
    }
  | { readonly good: false; readonly reason: Extract<TokenVerdict, { good: false }>['reason'] };

/** What a token that somebody brings would do to the meter with this number. Nothing is recorded. */
export async function readToken(
  deps: VendingDeps,
  meterNumber: string,
  token: string,
): Promise<Result<TokenReading, CallFault>> {
  const hits = searchDirectory(deps.directory, meterNumber);
  if (!hits.ok) return hits;
  const listed = hits.value[0] && findMeter(deps.directory, hits.value[0].pan);
  return listed ? readForMeter(deps, listed, token) : refuse('meter-unknown', { meter: meterNumber });
}

/** The same for a meter of the directory, with the key that it is known to have. */
export async function readForMeter(
  deps: Pick<VendingDeps, 'module' | 'ledger'>,
  listed: MeterRecord,
  token: string,
): Promise<Result<TokenReading, CallFault>> {
  const module = deps.module();
  if (!module.ok) return module;
  const meter = meterAsKnown(deps.ledger, listed);
  const keys = await module.value.listKeys();
  if (!keys.ok) return err(faultForCall(keys.error));
  const key = servingKey(meter, keys.value);
  if (!key) return refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
  const verdict = await module.value.verify(token, keysOf(meter, key));
  if (!verdict.ok) return err(faultForCall(verdict.error));
  if (!verdict.value.good) return ok(verdict.value);
  const { kind, tokenClass, subclass, unitsTenths, tokenTime, action, resource } = verdict.value;
  const madeAt = tokenTime === null ? '' : civilToText(minuteOfTid(tokenTime.baseDate, tokenTime.tid));
  const of = resource ?? meter.resource;
  return ok({ good: true, kind, tokenClass, subclass, unitsTenths, resource: of, action, madeAt });
}
