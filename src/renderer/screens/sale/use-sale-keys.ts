import { useLayoutEffect, useRef, type Dispatch } from 'react';
import { isAhead, type Flow, type FlowEvent, type TypedTexts } from './flow.ts';
import { LONGEST_GAP_MS, watchForScans, type Scan, type ScannerSettings, type ScanWatch } from './scanner.ts';

export type KeyActions = {
  readonly send: Dispatch<FlowEvent>;
  /** Function keys that do something at the moment; the others do nothing. */
  readonly functions: ReadonlyMap<string, () => void>;
  /** Signs that do something at this step, instead of being typed. */
  readonly signs: ReadonlyMap<string, () => void>;
  /** The next step. */
  readonly next: () => void;
  /** Closes what lies over the sale; returns true when there was something. */
  readonly close: () => boolean;
  /** What keeps the keys to itself: something over the sale that a scan closes, or a page where it stays. */
  readonly covered: 'no' | 'panel' | 'page';
  readonly scanner: ScannerSettings;
  /** Puts the caret where typing belongs. */
  readonly focusField: () => void;
};

/** What stood in the fields before a burst came: of the sale, and of the field that had the focus. */
type Before = TypedTexts & { readonly fieldText: string };
type Scans = ScanWatch<Before>;

const ENDS_OF_SCAN: ReadonlySet<string> = new Set(['Enter', 'NumpadEnter', 'Tab']);

/**
 * The counter's keys, wherever the focus is: Enter is next, Escape is back, signs go to the field that the step
 * is about, a scanner's burst goes to the box. A scan is read from the physical keys, so that the computer's
 * layout does not matter.
 */
export function useSaleKeys(flow: Flow, actions: KeyActions): void {
  const latest = useRef({ flow, actions });
  // Before anything is painted: the first key may come the moment that the screen is there.
  useLayoutEffect(() => {
    latest.current = { flow, actions };
  });
  useLayoutEffect(() => {
    const scans = watchForScans<Before>(() => latest.current.actions.scanner);
    let pause = 0;
    const onKey = (event: KeyboardEvent): void => {
      const now = latest.current;
      window.clearTimeout(pause);
      const inScan = scans.isRunning(event.timeStamp);
      const dealtWith =
        noteForScan(event, now.flow, now.actions, scans) || handleKey(event, { ...now, inScan });
      if (now.actions.scanner.end === 'pause') {
        const { target } = event;
        pause = window.setTimeout(() => {
          const scan = scans.finish(event.timeStamp);
          if (scan) takeScan(scan, target, latest.current.actions);
        }, LONGEST_GAP_MS);
      }
      if (!dealtWith) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.clearTimeout(pause);
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  }, []);
}

/** Returns true for a key that ended a scan, and for a control character inside of one: it does nothing else. */
function noteForScan(event: KeyboardEvent, flow: Flow, actions: KeyActions, scans: Scans): boolean {
  const { target, timeStamp } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return scans.isRunning(timeStamp);
  if (!ENDS_OF_SCAN.has(event.code)) {
    // A sign that is a key here does not begin the scan that may follow it at once.
    if (actions.signs.has(event.key) && !scans.isRunning(timeStamp)) return false;
    const { amountText, receivedText, partAmountText, referenceText } = flow;
    const typed = { amountText, receivedText, partAmountText, referenceText };
    scans.note(event, () => ({ ...typed, fieldText: fieldOf(target)?.value ?? '' }));
    return false;
  }
  const scan = scans.finish(timeStamp);
  if (scan) takeScan(scan, target, actions);
  return scan !== null;
}

/** To the box from everywhere, but for a page with a field of its own: what it asks for is scanned into that. */
function takeScan(scan: Scan<Before>, target: EventTarget | null, actions: KeyActions): void {
  if (actions.covered === 'page') {
    const field = fieldOf(target);
    if (field) putText(field, scan.before.fieldText + scan.text);
    return;
  }
  if (actions.covered === 'panel') actions.close();
  actions.send({ type: 'scanned', ...scan });
}

function fieldOf(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && ['text', 'search', 'tel'].includes(target.type)
    ? target
    : null;
}

/** As if it had been typed: past the value that React remembers, and told. */
function putText(field: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Returns true when the key is dealt with and must not do anything else. */
function handleKey(
  event: KeyboardEvent,
  { flow, actions, inScan }: { readonly flow: Flow; readonly actions: KeyActions; readonly inScan: boolean },
): boolean {
  const { key, target } = event;
  // What asks for an answer of its own keeps the keys until it has one.
  if (target instanceof HTMLElement && target.closest('[role="dialog"]')) return false;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
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
  if (actions.covered !== 'no') return false;
  if (key === 'Enter') return handleEnter(event, actions);
  if (key === 'ArrowDown' || key === 'ArrowUp') return handleArrow(key, flow, actions);
  const sign = inScan ? undefined : actions.signs.get(key);
  if (sign) {
    if (!event.repeat) sign();
    return true;
  }
  return key.length === 1 ? handleSign(event, flow, actions) : false;
}

function handleEnter(event: KeyboardEvent, actions: KeyActions): boolean {
  // Held down, Enter would run through all steps and sell.
  if (event.repeat) return true;
  if (isButton(event.target)) return false;
  actions.next();
  return true;
}

function handleArrow(key: string, flow: Flow, actions: KeyActions): boolean {
  if (flow.step !== 'find' && flow.sales.length === 0) return false;
  actions.send({ type: 'marked', index: flow.marked + (key === 'ArrowDown' ? 1 : -1) });
  return true;
}

function handleSign(event: KeyboardEvent, flow: Flow, actions: KeyActions): boolean {
  const { target, key } = event;
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
