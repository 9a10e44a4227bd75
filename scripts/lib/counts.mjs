// What a lane of the test run comes to, read from the reports that the test programs write.

/**
 * @typedef {object} LaneResult
 * @property {number} passed
 * @property {number} failed at least 1 when the lane failed, whatever the reason
 * @property {string} [unable] why the lane could not run at all
 * @property {string} [note] said beside the figures
 */

/**
 * @param {string} text vitest's JSON report
 * @param {number} code vitest's exit code
 * @returns {LaneResult}
 */
export function countVitest(text, code) {
  const report = JSON.parse(text);
  const skipped = report.numPendingTests + report.numTodoTests;
  return settle(
    report.numPassedTests,
    report.numFailedTests + filesThatFailed(report.testResults),
    skipped,
    code,
  );
}

/** Files that failed without a failed test in them: they could not even be loaded. */
function filesThatFailed(/** @type {{ status: string, assertionResults: { status: string }[] }[]} */ files) {
  return files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
}

/**
 * @param {string} text Playwright's JSON report
 * @param {number} code Playwright's exit code
 * @returns {LaneResult}
 */
export function countPlaywright(text, code) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
  // A test that passes only at the second try has failed: whatever disturbed it disturbs a cashier too.
  return settle(expected, unexpected + flaky, skipped, code);
}

/**
 * The last `N passed, N failed` line of a program's output.
 * @param {string} output
 * @returns {{ passed: number, failed: number } | undefined} undefined when there is none
 */
export function closingLine(output) {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)];
  const last = lines.at(-1);
  return last === undefined ? undefined : { passed: Number(last[1]), failed: Number(last[2]) };
}

/**
 * A program that closes with that line.
 * @param {string} output
 * @param {number} code its exit code
 * @returns {LaneResult}
 */
export function countClosingLine(output, code) {
  const counted = closingLine(output);
  return counted === undefined
    ? { passed: 0, failed: 1, note: 'it ended without its closing line' }
    : settle(counted.passed, counted.failed, 0, code);
}

/**
 * A program that ended with an error counts as one failure at least; one that ran nothing has failed as well.
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @param {number} code
 * @returns {LaneResult}
 */
function settle(passed, failed, skipped, code) {
  const nothing = passed + failed === 0;
  const atLeast = code !== 0 || nothing ? 1 : 0;
  const note = nothing ? 'no test ran' : skipped > 0 ? `${skipped} skipped` : '';
  return { passed, failed: Math.max(failed, atLeast), ...(note === '' ? {} : { note }) };
}

/**
 * The closing lines of a run: a line per lane, then the plain sum.
 * @param {readonly { name: string, ms: number, result: LaneResult }[]} lanes
 * @returns {string[]}
 */
export function summary(lanes) {
  const lines = lanes.map(({ name, ms, result }) => {
    const state = result.unable !== undefined ? 'COULD NOT RUN' : result.failed > 0 ? 'FAILED' : 'ok';
    const counts = result.unable ?? `${result.passed} passed, ${result.failed} failed here`;
    const note = result.note === undefined ? '' : ` (${result.note})`;
    return `${state.padEnd(13)} ${name.padEnd(12)} ${(ms / 1000).toFixed(1).padStart(7)} s  ${counts}${note}`;
  });
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    lanes.reduce((total, { result }) => total + result[key], 0);
  return [...lines, `${sum('passed')} passed, ${sum('failed')} failed`];
}
