import { decodeAmount, unpackManagement, type TokenError, type TokenFields } from '../../../sts/index.ts';
import { err, ok, unitsTenths, type Resource, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import { actionOf } from '../management.ts';
import type { MeterKeys, TokenVerdict } from '../port.ts';
import type { ResponseOf } from './codec/index.ts';

/** What the module's words for a bad token mean, by the standard's names. */
const REASONS: Readonly<Record<string, TokenError['code']>> = {
  Crc: 'CRCError',
  DdtkCredit: 'DDTKError',
  KeyExpired: 'KeyExpiredError',
  Format: 'FormatError',
};
const RESOURCES: readonly Resource[] = ['electricity', 'water', 'gas', 'time'];
const FIRST_CURRENCY_SUBCLASS = 4;

/** The sub-classes of class 2 that carry a section of a key, by algorithm. */
function keySectionKind(subclass: number, ea: number): TokenFields['kind'] | undefined {
  const third = ea === 11 ? 'key-section-3' : 'key-section-3-group';
  const kinds: Readonly<Record<number, TokenFields['kind']>> = {
    3: 'key-section-1',
    4: 'key-section-2',
    8: third,
    9: 'key-section-4',
  };
  return kinds[subclass];
}

type Decoded = { readonly tokenClass: number; readonly subclass: number; readonly value: number };
type Content = Pick<Extract<TokenVerdict, { good: true }>, 'kind' | 'unitsTenths' | 'resource' | 'action'>;

const NOTHING = { unitsTenths: null, resource: null, action: null };

function contentOf({ tokenClass, subclass, value }: Decoded, ea: number): Content | undefined {
  if (tokenClass === 1) return { ...NOTHING, kind: 'meter-test' };
  if (tokenClass === 0) {
    const resource = RESOURCES[subclass % FIRST_CURRENCY_SUBCLASS] ?? null;
    if (subclass >= 2 * FIRST_CURRENCY_SUBCLASS) return undefined;
    if (subclass >= FIRST_CURRENCY_SUBCLASS) return { ...NOTHING, kind: 'currency-credit', resource };
    return { ...NOTHING, kind: 'credit', resource, unitsTenths: unitsTenths(decodeAmount(value)) };
  }
  const section = keySectionKind(subclass, ea);
  if (section) return { ...NOTHING, kind: section };
  const fields = unpackManagement(subclass, value);
  return fields?.ok ? { ...NOTHING, kind: fields.value.kind, action: actionOf(fields.value) } : undefined;
}

function numberOf(hex: string | null, bytes: number): number | undefined {
  return hex?.length === bytes * 2 ? Number.parseInt(hex, 16) : undefined;
}

/** What the module found in a token; `module-unknown-reply` when its words make no sense. */
export function verdictOf(
  values: ResponseOf<'VT'>,
  meter: MeterKeys,
  kcv: string,
): Result<TokenVerdict, ModuleFault> {
  const unclear = err(moduleFault('module-unknown-reply'));
  if (values.result !== 'Ok') {
    const reason = REASONS[values.result];
    return reason ? ok({ good: false, reason }) : unclear;
  }
  const { tokenClass, subclass } = values;
  if ((tokenClass !== 0 && tokenClass !== 1 && tokenClass !== 2) || subclass === null) return unclear;
  const value = numberOf(values.value, 2);
  const tid = numberOf(values.tid, 3);
  const content = contentOf({ tokenClass, subclass, value: value ?? 0 }, meter.ea);
  const needsValue = content?.kind === 'credit' || content?.action != null;
  if (!content || (needsValue && (value === undefined || tid === undefined))) return unclear;
  const tokenTime = tid === undefined ? null : { baseDate: meter.baseDate, tid };
  return ok({ good: true, ...content, tokenClass, subclass, tokenTime, keyType: null, kcv });
}
