// Types for the TypeScript files that import the module beside this one; its own are in its comments.
export type Need = 'window' | 'display' | 'build' | 'faults' | 'printing' | 'exchange' | 'modules' | 'usb';
/** Debian packages, by what they are needed for. @type {Record<Need, readonly string[]>} */
export declare const debianPackages: Record<Need, readonly string[]>;
/**
 * The command that installs Debian packages.
 * @param {readonly string[]} packages
 */
export declare function aptLine(packages: readonly string[]): string;
/**
 * The package names among `wanted` that are not installed.
 * @param {readonly string[]} wanted
 */
export declare function missingDebianPackages(wanted: readonly string[]): Promise<string[]>;
/**
 * @param {readonly string[]} wanted
 * @param {string} report lines `name status` of dpkg-query; a line about an unknown name is not of that form
 */
export declare function missingFrom(wanted: readonly string[], report: string): string[];
/** Whether this is Debian or one of its children, told from the text of /etc/os-release. @param {string} [text] */
export declare function isDebian(text?: string): boolean;
/**
 * The libraries an executable asks for and the system does not have (Linux only).
 * @param {string} executable
 * @returns {Promise<string[]>} file names such as `libnss3.so`
 */
export declare function missingLibraries(executable: string): Promise<string[]>;
/** @param {string} report what ldd printed */
export declare function missingInLdd(report: string): string[];
/**
 * A sentence about missing libraries with the way to get them.
 * @param {readonly string[]} libraries
 */
export declare function sentenceForLibraries(libraries: readonly string[]): string;
/**
 * Whether a window can be shown. macOS and Windows always have a desktop.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 */
export declare function hasDisplay(env: NodeJS.ProcessEnv, platform?: string): boolean;
/** Whether this runs as the superuser, where Chromium refuses to start inside its sandbox. */
export declare function isRoot(): boolean;
