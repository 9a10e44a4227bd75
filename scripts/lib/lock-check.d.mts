// Types for the TypeScript files that import the module beside this one; its own are in its comments.
/**
 * The mark that a finished installation leaves: another lockfile, system or processor makes another mark.
 * @param {string} lock text of package-lock.json
 * @param {string} platform
 * @param {string} arch
 */
export declare function lockMark(lock: string, platform: string, arch: string): string;
/**
 * Whether npm's own record of an installation says that every package of the lockfile is there in its version, and
 * nothing else. Packages that may be absent on this system (optional ones) are allowed to be.
 * @param {string} lock text of package-lock.json
 * @param {string | undefined} record text of node_modules/.package-lock.json, undefined when there is none
 */
export declare function installedAsLocked(lock: string, record: string | undefined): boolean;
