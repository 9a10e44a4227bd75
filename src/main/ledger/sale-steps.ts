/**
 * The life of a sale. `void` ends it before a token exists, `unissued` after one was made (or may have been)
 * that was never disclosed; `in-doubt` is not knowing, and stays until the module or a person settles it. What was only
 * quoted is no sale yet: docs/adr/0020.
 */
export const SALE_STEPS = [
  'intended',
  'in-doubt',
  'issued',
  'recorded',
  'closed',
  'void',
  'unissued',
] as const;
export type SaleStep = (typeof SALE_STEPS)[number];

/** The allowed next steps: anything that is not in this table is a programmer's error. */
export const NEXT_STEPS: Readonly<Record<SaleStep, readonly SaleStep[]>> = {
  intended: ['issued', 'in-doubt', 'void'],
  'in-doubt': ['issued', 'void', 'unissued'],
  issued: ['recorded'],
  recorded: ['closed'],
  closed: [],
  void: [],
  unissued: [],
};

/** Steps at which the outcome is not settled: money is held and the meter takes no other sale. */
export const OPEN_STEPS: readonly SaleStep[] = ['intended', 'in-doubt'];
