import { KEYPADS } from '../../../contract/index.ts';
import type { Translator } from '../../../i18n/index.ts';

/** A keypad's maker's name stands as it is; what is no name (a way of ending, or nothing) is said in words. */
export function modelText(words: Translator, model: string): string {
  const way = KEYPADS.find((each) => each.model === model);
  if (model === '') return words('keypad.model.unknown');
  return way?.isGeneral ? words('keypad.model.general', { ends: way.ends }) : model;
}
