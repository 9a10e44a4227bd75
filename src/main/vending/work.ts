import type { SaleFacts } from '../ledger/index.ts';
import {
  moduleFault,
  type IssuedTokens,
  type KeyChangeRequest,
  type ManagementAction,
  type MeterKeys,
  type ModuleFault,
  type SecureModule,
  type TokenTime,
} from '../secure-module/index.ts';
import { tidOfMinute, type KeyType } from '../../sts/index.ts';
import { assert, civilFromMinutes, err, ok, type MessageId, type Result } from '../../units/index.ts';

/** What a meter is to hold after key-change tokens; the expiry is the new vending key's. */
export type KeyChangeTarget = KeyChangeRequest['to'] & {
  readonly ken: number;
  /** EA07: a third token tells the meter its supply group. */
  readonly withSupplyGroup: boolean;
};

/** What a meter really has, where its record was wrong. */
export type Corrected = {
  readonly sgc?: string;
  readonly krn?: number;
  readonly ti?: number;
  readonly keyType?: KeyType;
  readonly ea?: 7 | 11;
  readonly dkga?: 2 | 4;
};

/** The JSON of a sale's `work`: what its tokens do beside carrying credit, and what it was made from. */
export type OrderWork = {
  readonly keyChange?: KeyChangeTarget;
  readonly action?: ManagementAction;
  /** Of free units: the price list's name for them. */
  readonly entitlement?: string;
  /** Of free units that came with a purchase: that sale's id. */
  readonly withSale?: string;
  /** Of a replacement with a new token time: how it is known that the meter did not take the first. */
  readonly proof?: string;
  /** Of a replacement: what the meter was said to have, where its record was wrong. */
  readonly corrected?: Corrected;
  /** Of a payment: the debt that it goes to; the balance when left out. */
  readonly debt?: string;
};

export function workOf(sale: { readonly order: Pick<SaleFacts['order'], 'work'> }): OrderWork {
  return JSON.parse(sale.order.work) as OrderWork;
}

/** The tokens that a sale asks for: key changes come before what they are for. */
export type TokensAsked = {
  readonly keyChange: KeyChangeTarget | null;
  readonly main: 'credit' | ManagementAction | null;
};

/** Null for a sale that makes no token: a debt took everything, or an account was paid. */
export function tokensAsked(sale: Pick<SaleFacts, 'order' | 'unitsTenths'>): TokensAsked | null {
  const { keyChange = null, action } = workOf(sale);
  const main = action ?? (sale.unitsTenths > 0 ? 'credit' : null);
  return keyChange || main ? { keyChange, main } : null;
}

/** What the meter's key is made from once it has taken the key-change tokens. */
export function keysAfter(meter: MeterKeys, change: KeyChangeTarget | null): MeterKeys {
  if (!change) return meter;
  const { sgc, krn, keyType, ti, baseDate, ken } = change;
  return { ...meter, sgc, krn, keyType, ti, baseDate, ken };
}

/** Asks for every token of a sale, in the order in which they are keyed in; stops at the first that is not made. */
export async function issueTokens(
  module: SecureModule,
  sale: Pick<SaleFacts, 'messageId' | 'resource' | 'unitsTenths' | 'tokenMinute'>,
  meter: MeterKeys,
  { keyChange, main }: TokensAsked,
): Promise<Result<IssuedTokens, ModuleFault>> {
  const messageId = sale.messageId as MessageId;
  const change = keyChange && (await module.issueKeyChange(changeRequest(messageId, meter, keyChange)));
  if (change && (!change.ok || !main)) return change;
  const after = keysAfter(meter, keyChange);
  const tokenTime = timeOf(sale.tokenMinute, after);
  if (!tokenTime.ok) return tokenTime;
  const request = { messageId, meter: after, tokenTime: tokenTime.value };
  const { resource, unitsTenths } = sale;
  assert(main, 'a sale without a key change makes another token');
  const made =
    main === 'credit'
      ? await module.issueCredit({ ...request, resource, unitsTenths })
      : await module.issueManagement({ ...request, action: main });
  if (!made.ok || !change?.ok) return made;
  return ok({ ...made.value, tokens: [...change.value.tokens, ...made.value.tokens] });
}

function changeRequest(messageId: MessageId, meter: MeterKeys, target: KeyChangeTarget): KeyChangeRequest {
  const { sgc, krn, keyType, ti, baseDate, withSupplyGroup } = target;
  return { messageId, meter, to: { sgc, krn, keyType, ti, baseDate }, withSupplyGroup };
}

/** No module makes a token of a time outside the key's base date, so none is asked to. */
function timeOf(minute: number, { sgc, krn, baseDate }: MeterKeys): Result<TokenTime, ModuleFault> {
  const tid = tidOfMinute(baseDate, civilFromMinutes(minute));
  return tid.ok
    ? ok({ baseDate, tid: tid.value })
    : err(moduleFault('module-base-date', { sgc, krn, baseDate }));
}
