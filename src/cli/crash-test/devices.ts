import { startModule, type Issued, type ModuleProcess } from './issued.ts';
import { startPrinter, type PrinterProcess, type Roll } from './printer-process.ts';

/** What a till needs around it, as processes of their own, and what they did. */
export type Devices = {
  readonly module: ModuleProcess;
  readonly printer: PrinterProcess;
  readonly faulty: boolean;
  readonly issued: Issued;
  readonly roll: Roll;
};

/** Starts a module and a printer; with a seed they are slow, and lose what they should say. */
export async function startDevices(issued: Issued, roll: Roll, faultSeed?: number): Promise<Devices> {
  const [module, printer] = await Promise.all([
    startModule(issued, faultSeed),
    startPrinter(roll, faultSeed),
  ]);
  return { module, printer, faulty: faultSeed !== undefined, issued, roll };
}

/** Only after their end is everything read that they did. */
export async function endDevices(devices: Devices | undefined): Promise<void> {
  await Promise.all([devices?.module.kill(), devices?.printer.kill()]);
}
