import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { ACK_FAULT, fingerprintText } from '../batch/index.ts';
import type { Profile } from '../contract/index.ts';
import {
  askToEnrol,
  closeBatch,
  lastEvent,
  makeNextKey,
  openBatches,
  openExchange,
  readEnrolment,
  standingOf,
  unsentRecords,
} from '../main/exchange/index.ts';
import { exchangeDeps, readSettings } from '../main/station/index.ts';
import {
  isBegun,
  openDataFolder,
  openReader,
  openWriter,
  readStationPublicKey,
  type LedgerWriter,
} from '../main/store/index.ts';
import type { StationSettings } from '../contract/index.ts';
import { bindingFromEnvironment } from './open.ts';
import { EXIT, sayFault, type Io } from './io.ts';

export type ExchangeFlags = { readonly data: string; readonly profile: Profile; readonly json: boolean };

type Opened = { readonly folder: string; readonly settings: StationSettings; readonly ledger: LedgerWriter };

/** Opens the books as their one writer: refused while the station runs, which does all of this by itself. */
async function withBooks(
  io: Io,
  flags: ExchangeFlags,
  work: (opened: Opened) => Promise<number>,
): Promise<number> {
  const binding = bindingFromEnvironment();
  const folder = openDataFolder(flags.data, binding.sqliteBinding);
  if (!folder.ok) return sayFault(io, folder.error, flags.json);
  try {
    const settings = readSettings(folder.value.file('station.json'));
    if (!settings.ok) return sayFault(io, settings.error, flags.json);
    if (settings.value.profile === 'training')
      return sayFault(io, { code: 'training-alone', params: {} }, flags.json);
    // Enrolling makes the station's key, and where that is, both files have to be.
    const open = { ...binding, mustExist: isBegun(folder.value.path) };
    const ledger = openWriter('ledger', folder.value.file('ledger.db'), open);
    if (!ledger.ok) return sayFault(io, ledger.error, flags.json);
    try {
      const directory = openWriter('directory', folder.value.file('directory.db'), open);
      if (!directory.ok) return sayFault(io, directory.error, flags.json);
      directory.value.close();
      return await work({ folder: folder.value.path, settings: settings.value, ledger: ledger.value });
    } finally {
      ledger.value.close();
    }
  } finally {
    folder.value.release();
  }
}

function depsOf({ folder, settings, ledger }: Opened) {
  const options = { profile: settings.profile, now: Date.now, random: (bytes: number) => randomBytes(bytes) };
  return exchangeDeps({ ...options, ...bindingFromEnvironment() }, folder, settings, ledger);
}

/** Makes the station's key and asks head office to know it by the one-time code; shows the fingerprint to compare. */
export async function enrol(io: Io, flags: ExchangeFlags & { readonly code: string }): Promise<number> {
  return withBooks(io, flags, async (opened) => {
    const { folder, settings, ledger } = opened;
    const { stationId, zone } = settings;
    const deps = { folder, stationId, zone, ledger, nowUnixMs: Date.now(), operatorId: null };
    const asked = askToEnrol(deps, flags.code);
    if (!asked.ok) return sayFault(io, asked.error, flags.json);
    const fingerprint = fingerprintText(asked.value.key.publicKey);
    if (!flags.json) io.out(`This station's fingerprint: ${fingerprint}`);
    const exchange = openExchange(depsOf(opened));
    const visited = await exchange.visitNow();
    const { state } = exchange.status();
    await exchange.close();
    if (flags.json) io.out(JSON.stringify({ ok: visited.ok, fingerprint, state }));
    else if (visited.ok) io.out(`The request lies with head office; the station is ${state}.`);
    return visited.ok ? EXIT.done : sayFault(io, visited.error, false);
  });
}

/** Makes the key that takes over: the next batch announces it. */
export async function rotateKey(io: Io, flags: ExchangeFlags): Promise<number> {
  return withBooks(io, flags, async ({ folder, settings, ledger }) => {
    const deps = { folder, zone: settings.zone, ledger, nowUnixMs: Date.now(), operatorId: null };
    const key = makeNextKey(deps);
    if (!key.ok) return sayFault(io, key.error, flags.json);
    const fingerprint = fingerprintText(key.value.publicKey);
    io.out(
      flags.json ? JSON.stringify({ ok: true, fingerprint }) : `The next key's fingerprint: ${fingerprint}`,
    );
    return EXIT.done;
  });
}

export async function buildBatch(io: Io, flags: ExchangeFlags): Promise<number> {
  return withBooks(io, flags, async (opened) => {
    // A key that was lost or replaced signs nothing, whatever was agreed on before.
    if (standingOf(opened.folder, opened.ledger).state !== 'enrolled')
      return sayFault(io, { code: 'not-enrolled', params: {} }, flags.json);
    const closed = await closeBatch(depsOf(opened));
    const number = closed ? `${closed.epoch}/${closed.number}` : null;
    if (flags.json) io.out(JSON.stringify({ ok: true, batch: number }));
    else io.out(number === null ? 'Nothing is new.' : `Batch ${number} is closed.`);
    return EXIT.done;
  });
}

export async function sendBatches(
  io: Io,
  flags: ExchangeFlags & { readonly again: boolean },
): Promise<number> {
  return withBooks(io, flags, async (opened) => {
    const exchange = openExchange(depsOf(opened));
    const visited = await exchange.visitNow(flags.again);
    await exchange.close();
    if (!visited.ok) return sayFault(io, visited.error, flags.json);
    const { sent, answers, packages } = visited.value;
    if (flags.json) io.out(JSON.stringify({ ok: true, sent, answers, packages }));
    else {
      io.out(`${sent} batches sent, ${answers.length} answers, ${packages.length} packages.`);
      for (const { epoch, number, verdict } of answers) {
        const fault = ACK_FAULT[verdict];
        if (fault === null) io.out(`${epoch}/${number}  ${verdict}`);
        else sayFault(io, { code: fault, params: {} }, false);
      }
      for (const news of packages)
        if (news.state === 'refused')
          io.err(`${news.name}: ${news.fault.code} at ${news.fault.params.where}`);
    }
    return EXIT.done;
  });
}

/** Read beside a station that may be selling. */
export function batchStatus(io: Io, flags: ExchangeFlags): number {
  const ledger = openReader('ledger', path.join(flags.data, 'ledger.db'), bindingFromEnvironment());
  if (!ledger.ok) return sayFault(io, ledger.error, flags.json);
  try {
    const key = readStationPublicKey(flags.data);
    const batches = openBatches(ledger.value).map(({ batchId, epoch, number }) => {
      const last = lastEvent(ledger.value, batchId);
      return { batch: `${epoch}/${number}`, state: last?.verdict ?? last?.event ?? 'closed' };
    });
    const status = {
      enrolment: readEnrolment(flags.data)?.state ?? 'none',
      fingerprint: key.ok ? fingerprintText(key.value.publicKey) : null,
      unsentRecords: unsentRecords(ledger.value),
      batches,
    };
    if (flags.json) io.out(JSON.stringify({ ok: true, ...status }));
    else {
      io.out(`enrolment: ${status.enrolment}; fingerprint: ${status.fingerprint ?? 'no key'}`);
      io.out(`${status.unsentRecords} records are in no batch yet.`);
      for (const { batch, state } of batches) io.out(`${batch}  ${state}`);
    }
    return EXIT.done;
  } finally {
    ledger.value.close();
  }
}
