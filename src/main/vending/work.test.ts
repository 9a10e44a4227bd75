import { expect, it } from 'vitest';
import type { MeterKeys, SecureModule } from '../secure-module/index.ts';
import { minutesFromEpoch } from '../../units/index.ts';
import { issueTokens } from './work.ts';

/** A module that must not be asked. */
const module = new Proxy({} as SecureModule, {
  get: (_module, name) => {
    throw new Error(`asked for ${String(name)}`);
  },
});

const keysFrom = (baseDate: MeterKeys['baseDate']): MeterKeys =>
  ({
    pan: '600727000000000009',
    ea: 7,
    dkga: 2,
    sgc: '123457',
    krn: 1,
    keyType: 2,
    ti: 1,
    ken: 255,
    baseDate,
  }) as const;

it.each([
  // A token time has 24 bits: 16,777,216 minutes, 31.9 years.
  ['the end of its base date', 1993, { year: 2026, month: 11, day: 23, hour: 14, minute: 0 }],
  ['the beginning of its base date', 2035, { year: 2034, month: 12, day: 31, hour: 23, minute: 59 }],
] as const)('asks no module for a token beyond %s', async (_what, baseDate, at) => {
  const tokenMinute = minutesFromEpoch(at) ?? 0;
  const sale = { messageId: '01J', resource: 'electricity', unitsTenths: 426, tokenMinute } as const;
  const asked = await issueTokens(
    module,
    sale as unknown as Parameters<typeof issueTokens>[1],
    keysFrom(baseDate),
    {
      keyChange: null,
      main: 'credit',
    },
  );
  expect(asked).toMatchObject({
    ok: false,
    error: { code: 'module-base-date', outcome: 'not-issued', params: { sgc: '123457', krn: 1, baseDate } },
  });
});
