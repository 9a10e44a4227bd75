import { describe, expect, it } from 'vitest';
import { closingLine, countClosingLine, countPlaywright, countVitest, summary } from './lib/counts.mjs';

const vitest = (passed: number, failed: number, testResults: unknown[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
  });

describe('counting vitest', () => {
  it('takes the executed tests', () => {
    expect(countVitest(vitest(12, 0), 0)).toEqual({ passed: 12, failed: 0 });
    expect(countVitest(vitest(11, 1), 1)).toEqual({ passed: 11, failed: 1 });
  });

  it('counts a file that could not be loaded', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(countVitest(vitest(3, 0, [broken]), 1)).toEqual({ passed: 3, failed: 1 });
  });

  it('counts an error outside any test', () => {
    expect(countVitest(vitest(3, 0), 1)).toEqual({ passed: 3, failed: 1 });
  });

  it('has failed when no test ran', () => {
    expect(countVitest(vitest(0, 0), 0)).toEqual({ passed: 0, failed: 1, note: 'no test ran' });
  });
});

describe('counting Playwright', () => {
  const stats = (expected: number, unexpected: number, flaky: number): string =>
    JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 0 } });

  it('takes a test that passed only at the second try as failed', () => {
    expect(countPlaywright(stats(5, 0, 1), 0)).toEqual({ passed: 5, failed: 1 });
    expect(countPlaywright(stats(5, 0, 0), 0)).toEqual({ passed: 5, failed: 0 });
  });
});

describe('counting by the closing line', () => {
  it('takes the last one', () => {
    expect(countClosingLine('kind 1 passed, 0 failed\n3 passed, 2 failed\n', 1)).toEqual({
      passed: 3,
      failed: 2,
    });
  });

  it('has failed without one, or when the program says so', () => {
    expect(countClosingLine('no such file\n', 2)).toMatchObject({ passed: 0, failed: 1 });
    expect(countClosingLine('3 passed, 0 failed\n', 1)).toEqual({ passed: 3, failed: 1 });
  });

  it('is not misled by words around it', () => {
    expect(closingLine('all 3 passed, 2 failed')).toBeUndefined();
  });
});

describe('the end of a run', () => {
  it('is the plain sum, alone on the last line', () => {
    const lines = summary([
      { name: 'unit', ms: 1500, result: { passed: 7, failed: 0 } },
      { name: 'e2e', ms: 2000, result: { passed: 2, failed: 1 } },
      { name: 'package', ms: 0, result: { passed: 0, failed: 1, unable: 'There is no display' } },
    ]);
    expect(lines.at(-1)).toBe('9 passed, 2 failed');
    expect(lines[0]).toMatch(/^ok +unit +1\.5 s/);
    expect(lines[1]).toMatch(/^FAILED +e2e/);
    expect(lines[2]).toMatch(/^COULD NOT RUN +package .*There is no display/);
  });
});
