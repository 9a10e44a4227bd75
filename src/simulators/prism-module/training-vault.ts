import type { VaultKey } from './vault.ts';

/** Published test keys (STS 531-1), known to everybody; the first moves meters to the second when it may. */
const DKGA04_KEY = 'ABABABABABABABAB949494949494949401234567';
const common = { keyType: 2, ken: 255, baseDate: 2014, offsetMinutes: 120 } as const;

export const TRAINING_VAULT: readonly VaultKey[] = [
  { ...common, sgc: '201457', krn: 1, dkga: 4, key: DKGA04_KEY },
  { ...common, sgc: '201457', krn: 2, dkga: 4, key: DKGA04_KEY },
  { ...common, sgc: '201462', krn: 1, dkga: 4, key: DKGA04_KEY, movesToKrn: 2 },
  { ...common, sgc: '201462', krn: 2, dkga: 4, key: DKGA04_KEY },
  { ...common, sgc: '123456', krn: 3, dkga: 2, key: 'ABABABABABABABAB' },
];
