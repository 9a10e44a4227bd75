// Types for the TypeScript files that import the module beside this one; its own are in its comments.
/** Builds when needed. @param {NodeJS.ProcessEnv} env */
export declare function ensureBuilt(env?: NodeJS.ProcessEnv): Promise<void>;
/**
 * A mark that changes when a file below the inputs comes, goes or changes.
 * @param {string} root
 * @param {readonly string[]} names files and folders below the root; absent ones count as such
 */
export declare function sourcesMark(root: string, names: readonly string[]): Promise<string>;
