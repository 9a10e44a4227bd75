// Types for the TypeScript files that import the module beside this one; its own are in its comments.
export type LaneResult = {
  passed: number;
  /**
   * at least 1 when the lane failed, whatever the reason
   */
  failed: number;
  /**
   * why the lane could not run at all
   */
  unable?: string;
  /**
   * said beside the figures
   */
  note?: string;
};
/**
 * @param {string} text vitest's JSON report
 * @param {number} code vitest's exit code
 * @returns {LaneResult}
 */
export declare function countVitest(text: string, code: number): LaneResult;
/**
 * @param {string} text Playwright's JSON report
 * @param {number} code Playwright's exit code
 * @returns {LaneResult}
 */
export declare function countPlaywright(text: string, code: number): LaneResult;
/**
 * The last `N passed, N failed` line of a program's output.
 * @param {string} output
 * @returns {{ passed: number, failed: number } | undefined} undefined when there is none
 */
export declare function closingLine(output: string):
  | {
      passed: number;
      failed: number;
    }
  | undefined;
/**
 * A program that closes with that line.
 * @param {string} output
 * @param {number} code its exit code
 * @returns {LaneResult}
 */
export declare function countClosingLine(output: string, code: number): LaneResult;
/**
 * The closing lines of a run: a line per lane, then the plain sum.
 * @param {readonly { name: string, ms: number, result: LaneResult }[]} lanes
 * @returns {string[]}
 */
export declare function summary(
  lanes: readonly {
    name: string;
    ms: number;
    result: LaneResult;
  }[],
): string[];
