import { useLayoutEffect, useRef, type Dispatch } from 'react';
import { isAhead, type Flow, type FlowEvent } from './flow.ts';
import { watchForScans, type ScanWatch } from './scanner.ts';

export type KeyActions = {
  readonly send: Dispatch<FlowEvent>;
  /** Function keys that do something at the moment; the others do nothing. */
  readonly functions: ReadonlyMap<string, () => void>;
  /** The next step. */
  readonly next: () => void;
  /** Closes what lies over the sale; returns true when there was something. */
  readonly close: () => boolean;
  /** True while something lies over the sale that keeps the keys to itself. */
  readonly covered: boolean;
  /** Puts the caret where typing belongs. */
  readonly focusField: () => void;
};

type Before = Pick<Flow, 'amountText' | 'receivedText'>;

/**
 * The counter's keys, wherever the focus is: Enter is next, Escape is back, signs go to the field that the step
 * is about, a scanner's burst goes to the box.
 */
export function useSaleKeys(flow: Flow, actions: KeyActions): void {
  const latest = useRef({ flow, actions });
  // Before anything is painted: the first key may come the moment that the screen is there.
  useLayoutEffect(() => {
    latest.current = { flow, actions };
  });
  useLayoutEffect(() => {
    const scans = watchForScans<Before>();
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (handleKey(event, latest.current.flow, latest.current.actions, scans)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

/** Returns true when the key is dealt with and must not do anything else. */
function handleKey(event: KeyboardEvent, flow: Flow, actions: KeyActions, scans: ScanWatch<Before>): boolean {
  const { key } = event;
  const run = actions.functions.get(key);
  if (run) {
    if (!event.repeat) run();
    return true;
  }
  if (/^F\d+$/u.test(key)) return true;
  if (key === 'Escape') {
    if (!actions.close()) actions.send({ type: 'escape' });
    return true;
  }
  if (actions.covered) return false;
  if (key === 'Enter') return handleEnter(event, actions, scans);
  if (key === 'ArrowDown' || key === 'ArrowUp') return handleArrow(key, flow, actions);
  return key.length === 1 ? handleSign(event, flow, actions, scans) : false;
}

function handleEnter(event: KeyboardEvent, actions: KeyActions, scans: ScanWatch<Before>): boolean {
  const scan = scans.finish(event.timeStamp);
  if (scan) {
    actions.send({ type: 'scanned', ...scan });
    return true;
  }
  // Held down, Enter would run through all steps and sell.
  if (event.repeat) return true;
  if (isButton(event.target)) return false;
  actions.next();
  return true;
}

function handleArrow(key: string, flow: Flow, actions: KeyActions): boolean {
  if (flow.step !== 'find') return false;
  actions.send({ type: 'marked', index: flow.marked + (key === 'ArrowDown' ? 1 : -1) });
  return true;
}

function handleSign(
  event: KeyboardEvent,
  flow: Flow,
  actions: KeyActions,
  scans: ScanWatch<Before>,
): boolean {
  const { target, key } = event;
  scans.note(event, { amountText: flow.amountText, receivedText: flow.receivedText });
  if (key === ' ' && isButton(target)) return false;
  if (isAhead(flow, key)) {
    actions.send({ type: 'typed', sign: key });
    return true;
  }
  const field = target instanceof HTMLInputElement && target.type === 'text' ? target : null;
  const belongs =
    field?.dataset.step === flow.step &&
    !(flow.step === 'amount' && field.value === '' && /\p{L}/u.test(key));
  if (belongs) return false;
  actions.send({ type: 'typed', sign: key });
  actions.focusField();
  return true;
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, [role="radio"], a') !== null;
}
