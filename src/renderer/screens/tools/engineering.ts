import type { ActionView, CallInput, OrderOptions } from '../../../contract/index.ts';

/** What an engineering token can do, in the order in which it is offered. */
export const FUNCTIONS = [
  'clear-tamper',
  'power-limit',
  'phase-unbalance-limit',
  'tariff-rate',
  'water-meter-factor',
  'clear-credit',
  'key-change',
  'free-issue',
] as const;
export type EngineeringFunction = (typeof FUNCTIONS)[number];

/** Credit registers of the standard; `all` clears every one. */
export const REGISTERS = ['all', 'r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'] as const;
export type Register = (typeof REGISTERS)[number];
const ALL_REGISTERS = 0xffff;

/** What takes something from a customer, or gives units away, has two people behind it. */
const FOR_TWO: readonly EngineeringFunction[] = ['clear-credit', 'key-change', 'free-issue'];
export const needsSecond = (what: EngineeringFunction): boolean => FOR_TWO.includes(what);

/** The fields of the form, as they are typed. */
export type Typed = {
  readonly value: string;
  readonly register: Register;
  /** `201457 KRN 2 KT 2`. */
  readonly to: string;
  readonly ti: string;
  readonly withGroup: 'yes' | 'no';
  readonly reason: string;
  readonly name: string;
  readonly pin: string;
};

/** A supply group, revision and key type, as a choice names them. */
export type Place = { readonly sgc: string; readonly krn: number; readonly keyType: number };

export function placeText({ sgc, krn, keyType }: Place): string {
  return `${sgc} KRN ${krn} KT ${keyType}`;
}

/** What a choice names; undefined for none. */
export function placeOf(text: string): { sgc: string; krn: number; keyType: 1 | 2 | 3 } | undefined {
  const [, sgc, krn, type] = /^(\d{6}) KRN (\d) KT ([1-3])$/u.exec(text) ?? [];
  if (sgc === undefined) return undefined;
  return { sgc, krn: Number(krn), keyType: type === '1' ? 1 : type === '3' ? 3 : 2 };
}

/**
 * The places of keys that a meter with this key generation may hold: any, or those that a key change leads to. What
 * is of the meter's own type comes first.
 */
export function placesOf(
  { keys, key: own }: OrderOptions,
  dkga: number,
  which: 'any' | 'reachable',
): readonly string[] {
  const fitting = keys.filter((key) => key.dkga === dkga && (which === 'any' || key.reachable));
  const [same, other] = [
    fitting.filter(({ keyType }) => keyType === own.keyType),
    fitting.filter(({ keyType }) => keyType !== own.keyType),
  ];
  return [...new Set([...same, ...other].map(placeText))];
}

/** A call that makes the token. */
export type EngineeringCall =
  | { readonly call: 'order.manage'; readonly input: CallInput<'order.manage'> }
  | { readonly call: 'order.keyChange'; readonly input: CallInput<'order.keyChange'> }
  | { readonly call: 'order.freeIssue'; readonly input: CallInput<'order.freeIssue'> };

function whole(text: string): number | undefined {
  return /^\d{1,9}$/u.test(text.trim()) ? Number(text) : undefined;
}

/** Units typed with at most one decimal, as tenths. */
function tenths(text: string): number | undefined {
  const found = /^(\d{1,7})(?:[.,](\d))?$/u.exec(text.trim());
  return found ? Number(found[1]) * 10 + Number(found[2] ?? 0) : undefined;
}

function actionOf(what: EngineeringFunction, typed: Typed): ActionView | undefined {
  const value = whole(typed.value);
  switch (what) {
    case 'clear-tamper':
      return { kind: what };
    case 'clear-credit':
      return {
        kind: what,
        register: typed.register === 'all' ? ALL_REGISTERS : Number(typed.register.slice(1)),
      };
    case 'power-limit':
    case 'phase-unbalance-limit':
      return value === undefined ? undefined : { kind: what, watts: value };
    case 'tariff-rate':
      return value === undefined ? undefined : { kind: what, rate: value };
    case 'water-meter-factor':
      return value === undefined ? undefined : { kind: what, factor: value };
    default:
      return undefined;
  }
}

/** The call for what was typed, or undefined while something is missing. */
export function orderOf(
  what: EngineeringFunction,
  typed: Typed,
  pan: string,
  requestId: string,
): EngineeringCall | undefined {
  const { reason, name, pin } = typed;
  if (reason.trim().length < 3) return undefined;
  const second = { name, pin };
  if (needsSecond(what) && (name === '' || pin === '')) return undefined;
  const shared = { requestId, pan, reason };
  if (what === 'free-issue') {
    const units = tenths(typed.value);
    return units ? { call: 'order.freeIssue', input: { ...shared, unitsTenths: units, second } } : undefined;
  }
  if (what === 'key-change') {
    const place = placeOf(typed.to);
    const ti = whole(typed.ti);
    if (ti === undefined || !place) return undefined;
    const to = { ...place, ti };
    const withSupplyGroup = typed.withGroup === 'yes';
    return { call: 'order.keyChange', input: { ...shared, to, withSupplyGroup, second } };
  }
  const action = actionOf(what, typed);
  return (
    action && {
      call: 'order.manage',
      input: { ...shared, action, second: needsSecond(what) ? second : null },
    }
  );
}
