import type { MessageId } from '../i18n/index.ts';
import type { Resource } from '../units/index.ts';
import type { Phrase } from './shapes.ts';

/** How a keypad takes a token. */
export type Keypad = {
  /** As it stands with a meter: a maker's name for it, or a word for keypads of this kind. */
  readonly model: string;
  /** A word for all that take a token in this way, whoever made them. */
  readonly isGeneral: boolean;
  /** What follows the last digit: a key for Enter, the key #, or nothing. */
  readonly ends: 'enter' | 'hash' | 'itself';
  /** It is locked until # has been held. */
  readonly unlock: boolean;
  /** It has a key that takes the last digit back. */
  readonly back: boolean;
  /** What was typed is forgotten after so long without a key; null where nothing is known of it. */
  readonly pauseSeconds: number | null;
};

const general = (model: string, ends: Keypad['ends']): Keypad => ({
  model,
  isGeneral: true,
  ends,
  unlock: false,
  back: false,
  pauseSeconds: null,
});

const PLAIN = general('', 'enter');

/**
 * What the station knows of keypads, from what their makers tell their customers: Itron EM512 user guide,
 * Landis+Gyr Cashpower Gemini HMI user guide, Waterwatch user instructions. A row here is all that a model needs.
 */
export const KEYPADS: readonly Keypad[] = [
  general('enter', 'enter'),
  general('hash', 'hash'),
  general('itself', 'itself'),
  {
    model: 'Itron EM512',
    isGeneral: false,
    ends: 'enter',
    unlock: false,
    back: true,
    pauseSeconds: null,
  },
  {
    model: 'Landis+Gyr Cashpower',
    isGeneral: false,
    ends: 'itself',
    unlock: false,
    back: true,
    pauseSeconds: 30,
  },
  { model: 'Waterwatch', isGeneral: false, ends: 'itself', unlock: true, back: false, pauseSeconds: null },
];

const folded = (model: string): string => model.toLowerCase().replace(/[^a-z0-9]/gu, '');

/** A keypad by what stands with its meter, whatever follows the model's name; the ordinary kind where it is not known. */
export function keypadOf(model: string | null | undefined): Keypad {
  const text = folded(model ?? '');
  const found = KEYPADS.find((each) =>
    each.isGeneral ? text === folded(each.model) : text.startsWith(folded(each.model)),
  );
  return found ?? PLAIN;
}

type HelpPhrase = Phrase & { readonly id: MessageId };

/**
 * What a customer is told of keying in, sentence by sentence; none without a token. `sign` stands behind the name of
 * the key that ends a token, for where there is room for one.
 */
export function keypadHelp(
  of: { readonly tokens: number; readonly resource: Resource; readonly model: string | null | undefined },
  sign: string,
): readonly HelpPhrase[] {
  const { tokens, resource, model } = of;
  if (tokens === 0) return [];
  const keypad = keypadOf(model);
  const { ends, unlock, back, pauseSeconds } = keypad;
  const phrase = (id: MessageId, params: Phrase['params'] = {}): HelpPhrase => ({ id, params });
  return [
    ...(unlock ? [phrase('keypad.unlock')] : []),
    ...(tokens > 1 ? [phrase('keypad.several', { count: tokens })] : []),
    phrase('keypad.one', { ends, sign }),
    ...(back ? [phrase('keypad.back')] : []),
    ...(pauseSeconds === null ? [] : [phrase('keypad.pause', { seconds: pauseSeconds })]),
    // A keypad of which more is known says itself how it reaches its meter.
    ...(resource === 'water' && (keypad === PLAIN || keypad.isGeneral) ? [phrase('keypad.water')] : []),
  ];
}
