import type { ManagedModule } from './managed-module.ts';
import { startModule, type Issued, type ModuleProcess } from './issued.ts';
import { startPrinter, type PrinterProcess, type Roll } from './printer-process.ts';

/** What a till needs around it, and what it did. */
export type Devices = {
  /** A process of its own; undefined beside a token server. */
  readonly module: ModuleProcess | undefined;
  /** A token server in the module's place; it lives as long as the folder that is sold from. */
  readonly managed: ManagedModule | undefined;
  readonly printer: PrinterProcess;
  /** What they are slow by, and lose what they should say by; undefined for sound ones. */
  readonly faultSeed: number | undefined;
  readonly issued: Issued;
  readonly roll: Roll;
};

/** Starts a printer, and a module where there is no token server; with a seed they are faulty. */
export async function startDevices(
  issued: Issued,
  roll: Roll,
  faultSeed?: number,
  managed?: ManagedModule,
): Promise<Devices> {
  managed?.setFaults(faultSeed);
  const [module, printer] = await Promise.all([
    managed ? undefined : startModule(issued, faultSeed),
    startPrinter(roll, faultSeed),
  ]);
  return { module, managed, printer, faultSeed, issued, roll };
}

/** A module dies; of a token server it is the line. */
export function loseDevice({ module, managed, printer }: Devices, which: 'module' | 'printer'): void {
  if (which === 'printer') void printer.kill();
  else if (managed) managed.cut();
  else void module?.kill();
}

/** Puts a new one in the place of a device that was lost. */
export async function replaceDevice(devices: Devices, lost: 'module' | 'printer'): Promise<Devices> {
  const { issued, roll, faultSeed, module, printer } = devices;
  if (lost === 'printer') {
    await printer.kill();
    return { ...devices, printer: await startPrinter(roll, faultSeed) };
  }
  if (!module) return devices;
  await module.kill();
  return { ...devices, module: await startModule(issued, faultSeed) };
}

/** Only after their end is everything read that they did. */
export async function endDevices(devices: Devices | undefined): Promise<void> {
  await Promise.all([devices?.module?.kill(), devices?.printer.kill()]);
}
