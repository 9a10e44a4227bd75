import { startModule, type Issued, type ModuleProcess } from './issued.ts';
import { startPrinter, type PrinterProcess, type Roll } from './printer-process.ts';

/** What a till needs around it, as processes of their own, and what they did. */
export type Devices = {
  readonly module: ModuleProcess;
  readonly printer: PrinterProcess;
  /** What they are slow by, and lose what they should say by; undefined for sound ones. */
  readonly faultSeed: number | undefined;
  readonly issued: Issued;
  readonly roll: Roll;
};

/** Starts a module and a printer; with a seed they are slow, and lose what they should say. */
export async function startDevices(issued: Issued, roll: Roll, faultSeed?: number): Promise<Devices> {
  const [module, printer] = await Promise.all([
    startModule(issued, faultSeed),
    startPrinter(roll, faultSeed),
  ]);
  return { module, printer, faultSeed, issued, roll };
}

/** Puts a new one in the place of a device that died. */
export async function replaceDevice(devices: Devices, dead: 'module' | 'printer'): Promise<Devices> {
  const { issued, roll, faultSeed } = devices;
  await devices[dead].kill();
  return dead === 'module'
    ? { ...devices, module: await startModule(issued, faultSeed) }
    : { ...devices, printer: await startPrinter(roll, faultSeed) };
}

/** Only after their end is everything read that they did. */
export async function endDevices(devices: Devices | undefined): Promise<void> {
  await Promise.all([devices?.module.kill(), devices?.printer.kill()]);
}
