import path from 'node:path';
import type { CallFault, ImportView } from '../contract/index.ts';
import type { Station } from '../main/station/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { mayCall } from './sell.ts';

export type ImportFlags = { readonly operator: string; readonly pin: string; readonly json: boolean };

/** Signs in, takes a file of customers and waits for its end: the calls that the screen makes. */
export async function importDirectory(
  io: Io,
  station: Station,
  file: string,
  flags: ImportFlags,
): Promise<number> {
  const ended = await takeFile(station, path.resolve(file), flags);
  if (!ended.ok) return sayFault(io, ended.error, flags.json);
  const { state, taken, refused, report, fault } = ended.value;
  if (fault) {
    const code = fault.id.split('.')[1] ?? 'internal';
    return sayFault(io, { code, params: fault.params }, flags.json);
  }
  if (flags.json) io.out(JSON.stringify({ ok: true, state, taken, refused, report }));
  else {
    io.out(`${taken} lines taken, ${refused} left out.`);
    if (refused > 0) io.out(`Which ones, and why: ${report}`);
  }
  return EXIT.done;
}

async function takeFile(
  station: Station,
  file: string,
  { operator, pin }: ImportFlags,
): Promise<Result<ImportView, CallFault>> {
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn']({ name: operator, pin }, session);
  if (!signedIn.ok) return signedIn;
  if (!mayCall('directory.import', session)) {
    return err({ code: 'not-allowed', params: {}, retry: 'no' });
  }
  const started = await station.handlers['directory.import']({ requestId: station.newId(), file }, session);
  if (!started.ok) return started;
  await station.directoryImport.ended();
  return ok(station.directoryImport.view());
}
