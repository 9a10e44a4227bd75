import { errors } from './errors.ts';
import { receipt } from './receipt.ts';
import { screens } from './screens.ts';
import { tariff } from './tariff.ts';

/** English: the catalogue that the others are measured against. */
export const en = { ...errors, ...receipt, ...screens, ...tariff } as const;
