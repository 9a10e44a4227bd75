import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  calls,
  type CallFault,
  type CallInput,
  type CallName,
  type CallOutput,
  type ModuleAction,
  type Session,
} from '../contract/index.ts';
import { errorSentences, translator } from '../i18n/index.ts';
import {
  actionFor,
  actionForWarning,
  createKeyFile,
  listSerialPlaces,
  parseKeyRequest,
  publicKeyOf,
  renderKeyLoad,
  type AnnouncedKey,
  type ModuleReport,
} from '../main/secure-module/index.ts';
import { examineModules, KEY_FILE, readSettings, TRAINING_PASSPHRASE } from '../main/station/index.ts';
import { err, ok, unixMs, type Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { openFromTerminal, type OpenFlags } from './open.ts';

const translate = translator('en');

/** One thing that the doctor looked at. `remedy` says what a person does about it; null when all is well. */
export type Finding = {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly code: string;
  readonly place: string;
  readonly text: string;
  readonly remedy: string | null;
};

const remedyFor = (action: ModuleAction): string => translate(`module.remedy.${action}`);

export type ModuleFlags = OpenFlags & { readonly json: boolean };

function moduleFindings(report: ModuleReport): readonly Finding[] {
  const { place, identity, fault, warnings, keys } = report;
  if (fault) {
    const { cashier } = errorSentences(translate, { ...fault, ref: fault.code });
    return [
      { level: 'fail', code: fault.code, place, text: cashier, remedy: remedyFor(actionFor(fault.code)) },
    ];
  }
  const found = `Module ${identity?.moduleId ?? ''} (${identity?.firmware ?? ''}) answers and holds ${keys.length} keys.`;
  return [
    { level: 'ok', code: 'module-answers', place, text: found, remedy: null },
    ...(keys.length === 0
      ? [
          {
            level: 'fail' as const,
            code: 'no-keys',
            place,
            text: translate('modules.keys.none'),
            remedy: remedyFor('fetch-keys'),
          },
        ]
      : []),
    ...warnings.map(({ code, level, params }): Finding => ({
      level: level === 'urgent' ? 'fail' : 'warn',
      code,
      place,
      text: translate(`module.warning.${code}`, params),
      remedy: remedyFor(actionForWarning(code)),
    })),
  ];
}

/** What the computer itself has, apart from any module. */
async function computerFindings(): Promise<readonly Finding[]> {
  const places = await listSerialPlaces();
  const named = places.map(({ path: at, serialNumber }) => (serialNumber ? `${at} (${serialNumber})` : at));
  const lines: Finding = {
    level: 'ok',
    code: 'serial-lines',
    place: 'this computer',
    text: places.length === 0 ? 'No serial lines were found.' : `Serial lines: ${named.join(', ')}.`,
    remedy: null,
  };
  if (process.platform !== 'linux' || existsSync('/sys/bus/usb/devices')) return [lines];
  const noUsb = 'The system of this computer has no USB, so no module can be plugged in.';
  const remedy = 'Use a computer with USB, or a module on a serial line or on the network.';
  return [{ level: 'warn', code: 'no-usb', place: 'this computer', text: noUsb, remedy }, lines];
}

/**
 * Says in plain words whether each module can be used, and if not, why. Ends with 0 when the examination is
 * complete, whatever it found; findings are data.
 */
export async function moduleDoctor(io: Io, flags: ModuleFlags): Promise<number> {
  const examined = await examine(flags);
  if (!examined.ok) return sayFault(io, examined.error, flags.json);
  const findings = [...(await computerFindings()), ...examined.value.flatMap(moduleFindings)];
  if (flags.json) io.out(JSON.stringify({ ok: true, findings }));
  else
    for (const { level, code, place, text, remedy } of findings) {
      io.out(`${level.padEnd(4)}  ${place}: ${text} (${code})`);
      if (remedy !== null) io.out(`      ${remedy}`);
    }
  return EXIT.done;
}

async function examine(
  flags: ModuleFlags,
): Promise<Result<readonly ModuleReport[], Pick<CallFault, 'code' | 'params'>>> {
  const settings = readSettings(path.join(flags.data, 'station.json'));
  if (!settings.ok) return settings;
  const { profile } = settings.value;
  const passphrase = flags.passphrase ?? (profile === 'training' ? TRAINING_PASSPHRASE : undefined);
  const options = { profile, now: Date.now, ...(passphrase === undefined ? {} : { passphrase }) };
  const folder = { file: (name: string) => path.join(flags.data, name) };
  return ok(await examineModules(options, folder, settings.value));
}

/** One line for each module of the settings. */
export async function moduleList(io: Io, flags: ModuleFlags): Promise<number> {
  const examined = await examine(flags);
  if (!examined.ok) return sayFault(io, examined.error, flags.json);
  const modules = examined.value.map(({ driver, place, identity, fault, keys, clock, transactionsLeft }) => ({
    driver,
    place,
    moduleId: identity?.moduleId ?? null,
    firmware: identity?.firmware ?? null,
    level: identity?.level ?? null,
    certified: identity?.certified ?? null,
    fault: fault?.code ?? null,
    keys: keys.length,
    clockUnixMs: clock?.unixMs ?? null,
    transactionsLeft,
  }));
  if (flags.json) io.out(JSON.stringify({ ok: true, modules }));
  else
    for (const { driver, place, moduleId, firmware, fault, keys } of modules)
      io.out(`${driver}  ${place}  ${fault ?? `${moduleId ?? ''} ${firmware ?? ''}, ${keys} keys`}`);
  return EXIT.done;
}

type Ask = <Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
) => Promise<Result<CallOutput<Name>, CallFault>>;

export type PersonFlags = ModuleFlags & { readonly operator: string; readonly pin: string };

/** Opens the station with somebody signed in, asks, and closes it. Roles bind here as they do in a window. */
async function withPerson(
  io: Io,
  flags: PersonFlags,
  work: (ask: Ask, newId: () => string) => Promise<Result<readonly [unknown, readonly string[]], CallFault>>,
): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  const station = opened.value;
  const session: Session = station.newSession();
  const ask: Ask = async (name, input) => {
    const { roles } = calls[name];
    const may = roles === 'anyone' || (session.operator && roles.includes(session.operator.role));
    if (!may) return err({ code: 'not-allowed', params: {}, retry: 'no' });
    return station.handlers[name](calls[name].input.parse(input) as never, session);
  };
  try {
    const signedIn = await ask('operators.signIn', { name: flags.operator, pin: flags.pin });
    const done = signedIn.ok ? await work(ask, station.newId) : signedIn;
    if (!done.ok) return sayFault(io, done.error, flags.json);
    const [value, lines] = done.value;
    if (flags.json) io.out(JSON.stringify({ ok: true, value }));
    else for (const line of lines) io.out(line);
    return EXIT.done;
  } finally {
    await station.close();
  }
}

type KeyLine = {
  readonly sgc: string;
  readonly krn: number;
  readonly keyType: number;
  readonly baseDate: number;
  readonly ken: number;
  readonly kcv: string;
  readonly endsUnixMs: number;
  readonly issuedUntilUnixMs: number | null;
};

function keyLine(key: KeyLine): string {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const until = key.issuedUntilUnixMs === null ? '' : `, issue until ${day(key.issuedUntilUnixMs)}`;
  return `${key.sgc}/${key.krn}  type ${key.keyType}, base ${key.baseDate}, KEN ${key.ken} (${day(key.endsUnixMs)})${until}, KCV ${key.kcv}`;
}

/** The keys of every module, and how many meters of the directory each of them serves. */
export function moduleKeys(io: Io, flags: PersonFlags): Promise<number> {
  return withPerson(io, flags, async (ask) => {
    const report = await ask('modules.report', {});
    if (!report.ok) return report;
    const lines = report.value.modules.flatMap(({ place, identity, keys }) => [
      `${identity?.moduleId ?? 'no answer'} (${place})`,
      ...keys.map((key) => `  ${key.register}  ${keyLine(key)}, ${key.meters} meters`),
    ]);
    return ok([report.value, lines]);
  });
}

/** Either the module that was named, or the only one that answers. */
async function moduleIdOf(ask: Ask, named: string | undefined): Promise<Result<string, CallFault>> {
  if (named !== undefined) return ok(named);
  const report = await ask('modules.report', {});
  if (!report.ok) return report;
  const there = report.value.modules.flatMap(({ identity }) => (identity ? [identity.moduleId] : []));
  const [only] = there;
  return only !== undefined && there.length === 1
    ? ok(only)
    : err({ code: 'module-missing', params: { place: there.join(', ') }, retry: 'no' });
}

export type CeremonyFlags = PersonFlags & {
  readonly module?: string;
  readonly to?: string;
  readonly file?: string;
  readonly second?: string;
  readonly secondPin?: string;
  readonly reason?: string;
};

/** Writes the module's request to a file, for whoever makes its keys. */
export function moduleRequest(io: Io, flags: CeremonyFlags): Promise<number> {
  return withPerson(io, flags, async (ask) => {
    const moduleId = await moduleIdOf(ask, flags.module);
    const request = moduleId.ok ? await ask('modules.keyRequest', { moduleId: moduleId.value }) : moduleId;
    if (!request.ok) return request;
    const to = flags.to ?? request.value.fileName;
    writeFileSync(to, request.value.text);
    return ok([{ ...request.value, to }, [`Request of module ${request.value.moduleId}: ${to}`]]);
  });
}

/** Shows what a key file would load; loads it when a second person and a reason are given. */
export function moduleLoad(io: Io, flags: CeremonyFlags): Promise<number> {
  return withPerson(io, flags, async (ask, newId) => {
    const moduleId = await moduleIdOf(ask, flags.module);
    if (!moduleId.ok) return moduleId;
    const file = readFileSync(flags.file ?? '', 'utf8');
    const preview = await ask('modules.inspectKeys', { moduleId: moduleId.value, file });
    if (!preview.ok) return preview;
    const { sha256, keys } = preview.value;
    const shown = [`File ${sha256} for module ${moduleId.value}:`, ...keys.map((key) => `  ${keyLine(key)}`)];
    if (flags.second === undefined) return ok([preview.value, [...shown, 'Nothing was loaded.']]);
    const loaded = await ask('modules.loadKeys', {
      requestId: newId(),
      moduleId: moduleId.value,
      file,
      sha256,
      reason: flags.reason ?? '',
      second: { name: flags.second, pin: flags.secondPin ?? '' },
    });
    if (!loaded.ok) return loaded;
    const lines = loaded.value.keys.map(
      ({ announcedKcv, key }) =>
        `  register ${key.register}: ${key.sgc}/${key.krn}, KCV ${key.kcv} as announced (${announcedKcv})`,
    );
    return ok([loaded.value, [...shown, 'Loaded and read back:', ...lines]]);
  });
}

const instant = z
  .int()
  .min(0)
  .multipleOf(1000)
  .transform((value) => unixMs(value))
  .nullable()
  .default(null);
const clearKeysShape = z
  .array(
    z.strictObject({
      sgc: z.string().regex(/^\d{6}$/u),
      krn: z.int().min(1).max(9),
      keyType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
      ken: z.int().min(0).max(255),
      dkga: z.union([z.literal(2), z.literal(4)]),
      kcv: z.string().regex(/^[0-9A-F]{6}$/u),
      key: z.string().regex(/^(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$/u),
      activeFromUnixMs: instant,
      issuedUntilUnixMs: instant,
      refreshByUnixMs: instant,
      unitLimitTenths: z.int().min(0).nullable().default(null),
      currencyLimit: z.int().min(0).nullable().default(null),
    }),
  )
  .min(1)
  .max(200);

/**
 * For a supply group of one's own: seals clear keys to one module's request. The clear keys are read from
 * standard input's file and are nowhere written.
 */
export function makeKeyLoad(
  io: Io,
  flags: { readonly request: string; readonly keys: string; readonly to: string; readonly json: boolean },
): number {
  const request = parseKeyRequest(readFileSync(flags.request));
  if (!request.ok) return sayFault(io, request.error, flags.json);
  const keys = clearKeysShape.safeParse(parseJson(readFileSync(flags.keys, 'utf8')));
  if (!keys.success)
    return sayFault(io, { code: 'module-file', params: { reason: 'attributes' } }, flags.json);
  const opened = keys.data.map(({ key, ...announced }) => ({
    announced: announced satisfies AnnouncedKey,
    key: Buffer.from(key, 'hex'),
  }));
  const seed = randomBytes(32);
  writeFileSync(flags.to, renderKeyLoad(request.value, opened, seed, publicKeyOf(seed)), { mode: 0o600 });
  seed.fill(0);
  for (const { key } of opened) key.fill(0);
  if (flags.json) io.out(JSON.stringify({ ok: true, moduleId: request.value.moduleId, to: flags.to }));
  else io.out(`${opened.length} keys for module ${request.value.moduleId}: ${flags.to}`);
  return EXIT.done;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const KEY_FILE_FOR: Readonly<Record<ModuleFlags['profile'], string>> = {
  training: 'An empty key file for training',
  private: 'An empty key file for a private station',
  production: 'An empty key file for production',
};

/** Makes an empty key file for a station with keys of its own; no station of another profile opens it. */
export async function makeKeyFile(io: Io, flags: ModuleFlags): Promise<number> {
  if (flags.passphrase === undefined || flags.passphrase.length < 12)
    return sayFault(io, { code: 'module-passphrase', params: {} }, flags.json);
  const file = path.join(flags.data, KEY_FILE);
  const { profile } = flags;
  const made = await createKeyFile(file, flags.passphrase, profile, []);
  if (!made.ok) return sayFault(io, made.error, flags.json);
  io.out(flags.json ? JSON.stringify({ ok: true, profile, file }) : `${KEY_FILE_FOR[profile]}: ${file}`);
  return EXIT.done;
}
