// Types for the TypeScript files that import the module beside this one; its own are in its comments.
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

export type GuestSystem = { kernel: string; initrd: string };
/**
 * The kernel and its first file system, fetching and making them when they are not there yet (70 MB to fetch).
 * Throws a Refusal that names the command when QEMU or a tool is missing.
 */
export declare function prepareGuest(env: NodeJS.ProcessEnv): Promise<GuestSystem>;
/** What carries the guest's instructions. */
export type Accelerator = 'kvm' | 'tcg';
/**
 * KVM where it can boot the guest, which is tried out: there are hosts whose KVM runs kernels of its own kind only and
 * leaves every other one hanging.
 */
export declare function chooseAccelerator(system: GuestSystem): Promise<Accelerator>;
/**
 * Starts the guest. Its console comes out of the child's standard output and ends with `guest-exit CODE`.
 * @param script an absolute path, run by sh as root in the guest; only /run can be written to there
 * @param devices further options of QEMU
 */
export declare function startGuest(
  system: GuestSystem,
  accelerator: Accelerator,
  script: string,
  devices: readonly string[],
): ChildProcessByStdio<null, Readable, Readable>;
