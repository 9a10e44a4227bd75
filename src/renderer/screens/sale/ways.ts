import type { Dispatch } from 'react';
import type { ReferredAccount } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { isBasketReady, isLookingUp, PAYING, type Flow, type FlowEvent } from './flow.ts';

/** Each way to pay but cash, and its key. */
export const WAY_KEYS: readonly (readonly [ReferredAccount | 'split', string])[] = [
  ['card', 'F6'],
  ['mobile-money', 'F7'],
  ['cheque', 'F11'],
  ['split', 'F8'],
];

/** What a cashier may do at this step beside Enter; null where it makes no sense. */
export type Ways = {
  readonly pay: ((way: ReferredAccount | 'split') => void) | null;
  /** Into the basket, and on to the next meter. */
  readonly add: (() => void) | null;
  readonly switchUnit: (() => void) | null;
};

export function waysOf(flow: Flow, send: Dispatch<FlowEvent>): Ways {
  // While the meter is looked up its keys work already: what they ask for happens when it is there.
  const sells = (flow.step === 'amount' && flow.panel?.refusal === null) || isLookingUp(flow);
  const pays = sells || isBasketReady(flow) || (PAYING.includes(flow.step) && flow.vend === null);
  return {
    pay: pays
      ? (way) =>
          send(
            way === 'split'
              ? { type: 'split', newId: newRequestId() }
              : { type: 'tender', account: way, newId: newRequestId() },
          )
      : null,
    add: sells ? () => send({ type: 'add', newId: newRequestId() }) : null,
    switchUnit: sells ? () => send({ type: 'unit-switched' }) : null,
  };
}

/** Signs that are keys at this step. */
export function signsOf({ add, switchUnit }: Ways): ReadonlyMap<string, () => void> {
  const keys: readonly (readonly [string, (() => void) | null])[] = [
    ['+', add],
    ['*', switchUnit],
  ];
  return new Map(keys.flatMap(([sign, run]) => (run ? [[sign, run] as const] : [])));
}
