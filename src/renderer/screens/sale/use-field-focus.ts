import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import { PAYING, type Step } from './flow.ts';

type Field = RefObject<HTMLInputElement | null>;

const ORDER: readonly Step[] = [
  'find',
  'amount',
  'cash',
  'part-amount',
  'reference',
  'selling',
  'done',
  'doubt',
];

/**
 * Keeps the caret in the field that the step is about. A step back selects what stands there, so that typing
 * replaces it and an arrow key keeps it. Returns a function that puts the caret there on demand.
 */
export function useFieldFocus(step: Step, covered: boolean, box: Field, money: Field): () => void {
  const before = useRef<Step>(step);
  const field = useCallback((): HTMLInputElement | null => {
    if (step === 'find') return box.current;
    return step === 'amount' || PAYING.includes(step) ? money.current : null;
  }, [step, box, money]);
  useLayoutEffect(() => {
    if (covered) return;
    const back = ORDER.indexOf(step) < ORDER.indexOf(before.current) && before.current !== 'done';
    before.current = step;
    const target = field();
    target?.focus();
    if (back) target?.select();
    // Behind what was typed ahead; a field that comes filled has its caret in front.
    else target?.setSelectionRange(target.value.length, target.value.length);
  }, [step, covered, field]);
  return useCallback(() => field()?.focus(), [field]);
}
