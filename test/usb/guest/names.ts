/** The tests of the guest, in the order in which they run. */
export const TESTS = [
  'the bus lists the adapter with its maker and number',
  'a sale through the adapter, which the kernel’s driver gets back afterwards',
  'a second opening of the adapter is told that it is busy',
  'an account without the right is told so',
  'the kernel’s own driver and serialport carry the same sale',
  'pulled out in the middle of a sale: unknown, heard of, and good again once it is back',
  'asleep and awake again',
  'the kernel’s loopback device gives every byte back, and its plug is heard',
  'a sale through a CDC-ACM adapter, pulled out in the middle of the next',
  'a sale through bulk endpoints, pulled out in the middle of the next',
] as const;

/** Run once, in Node: it takes the database along. */
export const SALES_TEST = 'fifty sales with a fault in every third command';

export type TestName = (typeof TESTS)[number] | typeof SALES_TEST;

export const RUNTIMES = ['node', 'electron'] as const;
export type Runtime = (typeof RUNTIMES)[number];
