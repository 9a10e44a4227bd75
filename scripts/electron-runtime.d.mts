// Types for the TypeScript files that import the module beside this one; its own are in its comments.
export type Found = {
  /**
   * the folder that electron-builder takes as electronDist
   */
  dir: string;
  executable: string;
  version: string;
  /**
   * why this one, as the end of a sentence
   */
  because: string;
};
export type Refused = {
  refused: string;
};
export type Source = {
  kind: 'named' | 'package' | 'registry';
  find: () => Promise<Found | Refused>;
};
export type Runtime = {
  kind: 'named' | 'package' | 'registry';
  dir: string;
  executable: string;
  version: string;
  /**
   * better-sqlite3's binary for this runtime, where the prebuilt one does not serve
   */
  nativeBinding?: string;
  /**
   * what was chosen and why
   */
  sentence: string;
  /**
   * what this machine lacks, one sentence each
   */
  missing: string[];
};
/**
 * Finds or prepares the runtime.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Runtime>} throws a Refusal when there is none to be had
 */
export declare function findElectron(env?: NodeJS.ProcessEnv): Promise<Runtime>;
/**
 * The first source that has a runtime; the reasons of those before it become part of the sentence.
 * @param {readonly Source[]} sources
 * @returns {Promise<Omit<Runtime, 'missing' | 'nativeBinding'>>}
 */
export declare function choose(
  sources: readonly Source[],
): Promise<Omit<Runtime, 'missing' | 'nativeBinding'>>;
