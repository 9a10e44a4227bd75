import { LOCALES } from '../../i18n/index.ts';
import { language } from './language.ts';
import { look, LOOKS, textSize, TEXT_SIZES } from './look.ts';

/** The one after, and after the last the first. */
function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

function stepSize(step: 1 | -1): void {
  const at = TEXT_SIZES.indexOf(textSize.get()) + step;
  const size = TEXT_SIZES[at];
  if (size !== undefined) textSize.set(size);
}

/** By the place of the key, so that they are the same under every keyboard layout. */
const WITH_ALT: Readonly<Record<string, () => void>> = {
  KeyL: () => language.set(after(LOCALES, language.get())),
  KeyT: () => look.set(after(LOOKS, look.get())),
};
const WITH_CONTROL: Readonly<Record<string, () => void>> = {
  Equal: () => stepSize(1),
  NumpadAdd: () => stepSize(1),
  Minus: () => stepSize(-1),
  NumpadSubtract: () => stepSize(-1),
  Digit0: () => textSize.set('100'),
  Numpad0: () => textSize.set('100'),
};

/** Alt+L, Alt+T and Ctrl with plus, minus and zero work in every window, signed in or not. */
export function startLookKeys(): void {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.metaKey || event.altKey === event.ctrlKey) return;
      const run = (event.altKey ? WITH_ALT : WITH_CONTROL)[event.code];
      if (!run) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) run();
    },
    { capture: true },
  );
}
