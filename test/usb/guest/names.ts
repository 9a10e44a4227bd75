/** The tests of the guest, in the order in which they run. */
export const TESTS = [
  'the bus lists the adapter with its maker and number',
  'a sale through the adapter, which the kernel’s driver gets back afterwards',
  'a second opening of the adapter is told that it is busy',
  'an account without the right is told so',
  'the kernel’s own driver and serialport carry the same sale',
  'pulled out in the middle of a sale: unknown, heard of, and good again once it is back',
  'the manager of modules hears the plug go and come back',
  'asleep and awake again',
  'the kernel’s loopback device gives every byte back, and its plug is heard',
  'a sale through a CDC-ACM adapter, pulled out in the middle of the next',
  'a sale through bulk endpoints, pulled out in the middle of the next',
] as const;

/** Run once, in Node: it takes the database along. */
export const SALES_TEST = 'sales with a fault in every third command';

/** What Electron has in common with Node whatever the adapter: left to Node where a guest is slow. */
const OF_ADAPTERS: readonly TestName[] = [
  'asleep and awake again',
  'the kernel’s loopback device gives every byte back, and its plug is heard',
  'a sale through a CDC-ACM adapter, pulled out in the middle of the next',
  'a sale through bulk endpoints, pulled out in the middle of the next',
];

/** How much a guest has to do. */
export const PLANS = {
  whole: { sales: 50, electron: TESTS },
  /** For the small run where nothing speeds the guest up. */
  short: { sales: 10, electron: TESTS.filter((test) => !OF_ADAPTERS.includes(test)) },
} as const;

export type PlanName = keyof typeof PLANS;

export type TestName = (typeof TESTS)[number] | typeof SALES_TEST;

export const RUNTIMES = ['node', 'electron'] as const;
export type Runtime = (typeof RUNTIMES)[number];
