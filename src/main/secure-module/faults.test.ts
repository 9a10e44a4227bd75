import { describe, expect, it } from 'vitest';
import { isMessageId } from '../../i18n/index.ts';
import { locksVending, MODULE_FAULT_CODES, moduleFault } from './faults.ts';

describe('the faults of secure modules', () => {
  it.each(MODULE_FAULT_CODES)('%s has two sentences', (code) => {
    for (const who of ['cashier', 'customer']) {
      expect(isMessageId(`error.${code}.${who}`), who).toBe(true);
    }
  });

  it('stop vending after tampering and after a fault of the module itself, and after nothing else', () => {
    expect(MODULE_FAULT_CODES.filter(locksVending)).toEqual(['module-tampered', 'module-application']);
  });

  it('leave a sale in doubt only where a token may have been made', () => {
    const unknown = MODULE_FAULT_CODES.filter((code) => moduleFault(code).outcome === 'unknown');
    expect(unknown.toSorted()).toEqual([
      'module-application',
      'module-at-work',
      'module-disconnected',
      'module-hardware',
      'module-own-words',
      'module-timeout',
      'module-unknown-reply',
      'module-unknown-status',
    ]);
  });
});
