/** What went wrong on the bus, in the words of this program. */
export type UsbTrouble =
  /** Nothing came in time: for a read that is no trouble. */
  | 'late'
  | 'gone'
  | 'busy'
  | 'permission'
  /** This kernel has no USB at all. */
  | 'no-usb'
  /** Windows: no driver that lets programs in is bound to the device. */
  | 'no-driver'
  | 'other';

/**
 * The library throws plain errors with one code for all; what they mean stands in their text alone. In this
 * order: the first that fits counts.
 */
const TEXTS: readonly (readonly [RegExp, UsbTrouble])[] = [
  [/cancelled|timed? ?out/iu, 'late'],
  [/permission denied|access denied|errno 13\b/iu, 'permission'],
  [/is busy|errno 16\b/iu, 'busy'],
  [/sys\/bus\/usb.*not found|no usb subsystem/iu, 'no-usb'],
  [/not.?supported|winusb/iu, 'no-driver'],
  [
    /disconnected|fault|no such device|errno (?:2|5|19|71|108|110)\b|endpoint not found|device.*not found/iu,
    'gone',
  ],
];

/** The one place where an error of the library is understood. */
export function usbTrouble(error: unknown): UsbTrouble {
  const text = error instanceof Error ? error.message : String(error);
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}
