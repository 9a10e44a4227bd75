// Types for the TypeScript files that import the module beside this one; its own are in its comments.
export type PackageArchive = {
  name: string;
  version: string;
  integrity: string;
  sizeText: string;
};
/**
 * Fetches and unpacks an archive; returns the folder `package` that every npm archive holds.
 * @param {PackageArchive} archive
 * @param {string} folder an existing, empty folder
 */
export declare function fetchPackage(archive: PackageArchive, folder: string): Promise<string>;
/**
 * Refuses a file that is not, bit for bit, the recorded archive.
 * @param {string} file
 * @param {{ name: string, version: string, integrity: string }} archive
 */
export declare function checkIntegrity(
  file: string,
  archive: {
    name: string;
    version: string;
    integrity: string;
  },
): Promise<void>;
/**
 * What a failed program's output says about the reason: its first lines that speak of an error, else its last line.
 * @param {string} output
 */
export declare function reasonIn(output: string): string;
