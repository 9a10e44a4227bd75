import path from 'node:path';
import { phraseText, translator } from '../i18n/index.ts';
import {
  DEADLINES,
  examinePrinter,
  openPrintJobs,
  probedLevel,
  type Finding,
} from '../main/printing/index.ts';
import { readSettings } from '../main/station/index.ts';
import { openReader } from '../main/store/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { bindingFromEnvironment } from './open.ts';

export type DoctorFlags = { readonly data: string; readonly address?: string; readonly json: boolean };

const SIGNS: Readonly<Record<Finding['standing'], string>> = { good: 'ok ', trouble: '!! ', unknown: ' ? ' };

/**
 * Says in plain words why nothing prints, and prints nothing. It reads the settings and the ledger beside a
 * station that may be selling. Exit code 0 when no trouble was found.
 */
export async function printerDoctor(io: Io, flags: DoctorFlags): Promise<number> {
  const settings = readSettings(path.join(flags.data, 'station.json'));
  if (!settings.ok) return sayFault(io, settings.error, flags.json);
  const address = flags.address ?? settings.value.printer;
  if (address === null) return sayFault(io, { code: 'printer-not-set-up', params: {} }, flags.json);
  const opened = openReader('ledger', path.join(flags.data, 'ledger.db'), bindingFromEnvironment());
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    const waiting = openPrintJobs(opened.value).filter(({ state }) => state !== 'sent');
    const findings = await examinePrinter(
      {
        address,
        level: probedLevel(opened.value, address),
        waiting: waiting.length,
        waitingForKey: waiting.filter(({ byItselfOnly }) => !byItselfOnly).length,
      },
      DEADLINES,
    );
    return sayFindings(io, address, findings, flags.json);
  } finally {
    opened.value.close();
  }
}

function sayFindings(io: Io, address: string, findings: readonly Finding[], json: boolean): number {
  const translate = translator('en');
  const good = findings.every(({ standing }) => standing !== 'trouble');
  if (json) io.out(JSON.stringify({ ok: good, address, findings }));
  else for (const each of findings) io.out(`${SIGNS[each.standing]}${phraseText(translate, each)}`);
  return good ? EXIT.done : EXIT.failed;
}
