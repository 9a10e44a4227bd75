// Types for the TypeScript files that import the module beside this one; its own are in its comments.
/**
 * The project's folder under the user's cache folder.
 * @param {NodeJS.ProcessEnv} env
 */
export declare function cacheFolder(env: NodeJS.ProcessEnv): string;
/**
 * Returns `target`, a folder that `prepare` has filled once, now or earlier.
 * @param {string} target the folder's final place
 * @param {(folder: string) => Promise<void>} prepare fills an empty folder; when it throws, nothing is kept
 */
export declare function prepareOnce(
  target: string,
  prepare: (folder: string) => Promise<void>,
): Promise<string>;
