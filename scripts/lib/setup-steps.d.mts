// Types for the TypeScript files that import the module beside this one; its own are in its comments.
/**
 * @param {string} purpose `start`, `test` or `package`
 * @param {NodeJS.ProcessEnv} env
 */
export declare function setUp(purpose: string, env: NodeJS.ProcessEnv): Promise<void>;
/**
 * The Debian packages a purpose needs. What a native build needs is not among them: whether one is needed is known only
 * once the runtime is chosen.
 * @param {string} purpose
 * @param {boolean} display whether there is a display
 * @returns {string[]}
 */
export declare function systemPackagesFor(purpose: string, display: boolean): string[];
