import { KEY_TYPE, type KeyType } from './key-attributes.ts';

const { initialisation, default: defaultKey, unique, common } = KEY_TYPE;

/** From which key type a meter may be moved to which. */
const ALLOWED_MOVES: Readonly<Record<KeyType, readonly KeyType[]>> = {
  [initialisation]: [initialisation, defaultKey, unique, common],
  [defaultKey]: [defaultKey, unique, common],
  [unique]: [defaultKey, unique],
  [common]: [defaultKey, unique, common],
};

/** Whether a key change may move a meter from one key type to another. */
export function keyTypeMoveAllowed(from: KeyType, to: KeyType): boolean {
  return ALLOWED_MOVES[from].includes(to);
}
