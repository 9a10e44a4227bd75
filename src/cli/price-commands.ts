import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { calls, type Phrase, type Profile } from '../contract/index.ts';
import { phraseText, translator } from '../i18n/index.ts';
import { meterAccountShape, putMeterAccount } from '../main/directory/index.ts';
import type { Station } from '../main/station/index.ts';
import { parseMeterNumber } from '../sts/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { openFromTerminal } from './open.ts';

export type PriceFlags = {
  readonly data: string;
  readonly profile: Profile;
  readonly passphrase?: string;
  readonly printer?: string;
  readonly json: boolean;
  readonly operator: string;
  readonly pin: string;
};

const textOf = (io: Io, phrase: Phrase): string => phraseText(translator(io.locale ?? 'en'), phrase);

/** Opens the station for somebody who may change prices, does `work`, and closes it again. */
async function asSupervisor(
  io: Io,
  flags: PriceFlags,
  work: (station: Station) => Promise<number>,
): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  const station = opened.value;
  try {
    const session = station.newSession();
    const { operator: name, pin } = flags;
    const signedIn = await station.handlers['operators.signIn']({ name, pin }, session);
    if (!signedIn.ok) return sayFault(io, signedIn.error, flags.json);
    const { roles } = calls['tariffs.import'];
    const isAllowed = roles === 'anyone' || (session.operator && roles.includes(session.operator.role));
    if (!isAllowed) return sayFault(io, { code: 'not-allowed', params: {} }, flags.json);
    return await work(station);
  } finally {
    await station.close();
  }
}

function readText(io: Io, file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    io.err(`${file}: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'cannot be read'}`);
    return undefined;
  }
}

/** `tariff import FILE`: keeps a price list; what it changes at once is said, and done only with `--yes`. */
export async function importTariffFile(
  io: Io,
  file: string,
  flags: PriceFlags & { readonly yes: boolean },
): Promise<number> {
  const text = readText(io, file);
  if (text === undefined) return EXIT.failed;
  return asSupervisor(io, flags, async (station) => {
    const input = { requestId: station.newId(), text, confirmed: flags.yes };
    const reply = await station.handlers['tariffs.import'](input, station.newSession());
    if (!reply.ok) return sayFault(io, reply.error, flags.json);
    const { kept, faults, questions } = reply.value;
    if (flags.json)
      io.out(
        JSON.stringify({
          kept,
          faults: faults.map((phrase) => textOf(io, phrase)),
          questions: questions.map((phrase) => textOf(io, phrase)),
        }),
      );
    if (kept) {
      if (!flags.json) io.out(`${kept.name}, version ${kept.version}, from ${kept.effectiveFrom}`);
      return EXIT.done;
    }
    for (const phrase of flags.json ? [] : [...faults, ...questions]) io.err(textOf(io, phrase));
    if (questions.length > 0 && !flags.json) io.err('Nothing was kept. With --yes it is kept all the same.');
    return EXIT.failed;
  });
}

const accountsShape = z.strictObject({
  format: z.literal('kioskwatt-accounts'),
  formatVersion: z.literal(1),
  accounts: z.array(
    meterAccountShape.omit({ statement: true }).extend({
      meter: z.string(),
      statement: z
        .strictObject({
          asOf: z.iso.datetime({ offset: true }),
          figures: meterAccountShape.shape.statement.unwrap().shape.figures,
        })
        .nullable(),
    }),
  ),
});

type AccountsFile = z.infer<typeof accountsShape>;

function parseAccounts(text: string): Result<AccountsFile, string> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return err('not JSON');
  }
  const parsed = accountsShape.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err(`${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

/** Thrown inside the transaction, so that nothing of a file with a fault is kept. */
class AccountRefused extends Error {}

function putAccounts(station: Station, file: AccountsFile): void {
  station.directory.transaction((tx) => {
    for (const { meter, statement, ...rest } of file.accounts) {
      const number = parseMeterNumber(meter);
      if (!number.ok) throw new AccountRefused(`${meter}: ${number.error.code}`);
      const told = statement && { asOfUnixMs: Date.parse(statement.asOf), figures: statement.figures };
      const put = putMeterAccount(tx, number.value.pan, { ...rest, statement: told });
      if (!put.ok) throw new AccountRefused(`${meter}: ${put.error.code}`);
    }
  });
}

/** `accounts import FILE`: what price lists need to know of meters (docs/formats/accounts.md); all or nothing. */
export async function importAccounts(io: Io, file: string, flags: PriceFlags): Promise<number> {
  const text = readText(io, file);
  if (text === undefined) return EXIT.failed;
  const parsed = parseAccounts(text);
  if (!parsed.ok) {
    io.err(`${file}: ${parsed.error}`);
    return EXIT.failed;
  }
  return asSupervisor(io, flags, async (station) => {
    try {
      putAccounts(station, parsed.value);
    } catch (error) {
      if (!(error instanceof AccountRefused)) throw error;
      io.err(`${file}: ${error.message}. Nothing was kept.`);
      return EXIT.failed;
    }
    io.out(`${parsed.value.accounts.length} kept`);
    return EXIT.done;
  });
}
