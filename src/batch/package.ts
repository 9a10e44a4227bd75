import { z } from 'zod';
import { ok, type Result } from '../units/index.ts';
import { fault, type FileFault } from './faults.ts';
import { stationIdShape } from './manifest.ts';
import { linesOf, packLines, payloadShape, unpackLines } from './payload.ts';
import { manifestBytes, openManifest, type SealedManifest } from './sealed-manifest.ts';
import { signAs, type Signer } from './signature.ts';

const text = z.string().max(200);
const pan = z.string().regex(/^\d{18}$/u);
const digits = (count: number): RegExp => new RegExp(`^\\d{${count}}$`, 'u');
const unixMs = z.int().min(0).max(4_102_444_800_000);
const amount = z.int().min(0).max(9_000_000_000_000);
const id = z.string().min(1).max(100);

/**
 * What a line of a package may say. No line has room for a key: keys travel to modules by other ways. What is not
 * named here is refused.
 */
export const PACKAGE_LINES = {
  customer: z.strictObject({
    kind: z.literal('customer'),
    customerId: id,
    name: text,
    account: text,
    phone: text,
    address: text,
    /** Of the receipts; what is known stays where it is left out. */
    language: z.enum(['en', 'fr', 'pt', 'sw', 'ar']).optional(),
  }),
  meter: z.strictObject({
    kind: z.literal('meter'),
    meterNumber: z.string().regex(/^(?:\d{11}|\d{13}|\d{18})$/u),
    customerId: id,
    resource: z.enum(['electricity', 'water', 'gas', 'time']),
    sgc: z.string().regex(digits(6)),
    krn: z.int().min(1).max(9),
    ti: z.int().min(0).max(99),
    ea: z.union([z.literal(7), z.literal(9), z.literal(11)]),
    dkga: z.int().min(1).max(4),
    keyType: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
    ken: z.int().min(0).max(255),
    tariffId: id,
    blockedReason: text.nullable(),
    /** Serial number on the keypad; what is known stays where it is left out. */
    keypadSerial: text.nullable().optional(),
    /** What the keypad is, as for `keypad_model` of a file of customers. */
    keypadModel: text.nullable().optional(),
  }),
  block: z.strictObject({ kind: z.literal('block'), pan, reason: text.nullable() }),
  tariff: z.strictObject({
    kind: z.literal('tariff'),
    tariffId: id,
    version: z.int().min(1),
    effectiveFromUnixMs: unixMs,
    document: z.record(z.string(), z.unknown()),
    /** Vectors that have to come out before the package is taken: a file of docs/formats/tariff-vectors.md. */
    vectors: z.record(z.string(), z.unknown()),
  }),
  /** What prices depend on besides the meter itself: docs/formats/accounts.md. */
  account: z.strictObject({
    kind: z.literal('account'),
    pan,
    category: z.string().min(1).max(60).nullable(),
    quantities: z.record(z.string(), z.unknown()),
    soldElsewhere: z.boolean(),
    homeStation: z.boolean(),
    statement: z.strictObject({ asOfUnixMs: unixMs, figures: z.record(z.string(), z.unknown()) }).nullable(),
  }),
  /** The newest token time that any station gave a meter: minutes from 1970 on the supply group's clock. */
  'token-time': z.strictObject({ kind: z.literal('token-time'), pan, lastMinute: z.int().min(0) }),
  role: z.strictObject({
    kind: z.literal('role'),
    /** By name, as the station knows them. */
    operator: z.string().min(1).max(60),
    /** Null lets the station's own administrators choose again. */
    role: z.enum(['cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator']).nullable(),
  }),
  limits: z.strictObject({
    kind: z.literal('limits'),
    perSaleMinor: amount.min(1).nullable(),
    perMeterDayMinor: amount.min(1).nullable(),
    perOperatorDayMinor: amount.min(1).nullable(),
    perOperatorShiftMinor: amount.min(1).nullable().optional(),
  }),
  message: z.strictObject({ kind: z.literal('message'), id, text, untilUnixMs: unixMs }),
  interval: z.strictObject({ kind: z.literal('interval'), everyMinutes: z.int().min(1).max(1_440) }),
  /** A row that the station had before it was restored from a backup, as a line of `station ledger export`. */
  lost: z.strictObject({ kind: z.literal('lost'), line: z.string().max(1 << 20) }),
  /** Money of this station that was found at the bank. */
  deposit: z.strictObject({
    kind: z.literal('deposit'),
    reference: z.string().min(1).max(40),
    currency: z.string().regex(/^[A-Z]{3}$/u),
    amountMinor: amount.min(1),
  }),
  /** From when it is applied; a null is no limit. */
  allowance: z.strictObject({
    kind: z.literal('allowance'),
    valueMinor: amount.nullable(),
    tokens: z.int().min(0).nullable(),
    minutes: z.int().min(0).nullable(),
    perSaleMinor: amount.nullable(),
  }),
} as const;

export const packageLineShape = z.discriminatedUnion('kind', [
  PACKAGE_LINES.customer,
  PACKAGE_LINES.meter,
  PACKAGE_LINES.block,
  PACKAGE_LINES.tariff,
  PACKAGE_LINES.account,
  PACKAGE_LINES['token-time'],
  PACKAGE_LINES.role,
  PACKAGE_LINES.limits,
  PACKAGE_LINES.message,
  PACKAGE_LINES.interval,
  PACKAGE_LINES.lost,
  PACKAGE_LINES.deposit,
  PACKAGE_LINES.allowance,
]);
export type PackageLine = z.infer<typeof packageLineShape>;
export type PackageKind = PackageLine['kind'];
export type LineOf<Kind extends PackageKind> = Extract<PackageLine, { readonly kind: Kind }>;

/** What head office says of a package. One package is for one station and follows those before it. */
export const packageManifestShape = z.strictObject({
  format: z.literal('kioskwatt-package'),
  version: z.literal(1),
  station: stationIdShape,
  number: z.int().min(1),
  /** A delta needs this package applied before it; a full package is null and needs none. */
  base: z.int().min(1).nullable(),
  effectiveFromUnixMs: unixMs,
  createdUnixMs: unixMs,
  /** Lines by kind; a kind without lines is left out. */
  counts: z.record(z.string().max(20), z.int().min(1)),
  payload: payloadShape,
});
export type PackageManifest = z.infer<typeof packageManifestShape>;

export type SealedPackage = SealedManifest & { readonly payload: Uint8Array };

/** Packs and signs a package. Throws for a line that no station would take. */
export function sealPackage(
  head: Pick<PackageManifest, 'station' | 'number' | 'base' | 'effectiveFromUnixMs' | 'createdUnixMs'>,
  lines: readonly PackageLine[],
  signer: Signer,
): SealedPackage {
  const plain = lines.map((line) => `${JSON.stringify(packageLineShape.parse(line))}\n`);
  const { bytes, facts } = packLines(Buffer.from(plain.join('')), plain.length);
  const { station, number, base, effectiveFromUnixMs, createdUnixMs } = head;
  const manifest = manifestBytes({
    format: 'kioskwatt-package',
    version: 1,
    station,
    number,
    base,
    effectiveFromUnixMs,
    createdUnixMs,
    counts: countKinds(lines),
    payload: facts,
  });
  return { manifest, signature: signAs('package', manifest, signer), payload: bytes };
}

function countKinds(lines: readonly PackageLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of lines) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export function openPackage(
  sealed: SealedManifest,
  keys: readonly string[],
): Result<{ readonly manifest: PackageManifest; readonly publicKey: string }, FileFault> {
  return openManifest('package', sealed, keys, packageManifestShape);
}

/** Reads every line of a package whose manifest was opened; the first fault is named by line and member. */
export function readPackageLines(
  manifest: PackageManifest,
  payload: Uint8Array,
): Result<readonly PackageLine[], FileFault> {
  const plain = unpackLines(payload, manifest.payload);
  if (!plain.ok) return plain;
  const lines: PackageLine[] = [];
  for (const [line, number] of linesOf(plain.value)) {
    const parsed = packageLineShape.safeParse(parseJson(line));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fault('file-row', `${number}: ${issue?.path.join('.') ?? ''}`, issue?.message ?? 'invalid');
    }
    lines.push(parsed.data);
  }
  const counted = JSON.stringify(sortedEntries(countKinds(lines)));
  if (counted !== JSON.stringify(sortedEntries(manifest.counts)))
    return fault('file-count', 'counts', 'differs from the lines');
  return ok(lines);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `T014-00000012.package.v1`: what the three files of a package are called, but for their endings. */
export function packageName(of: Pick<PackageManifest, 'station' | 'number'>): string {
  return `${of.station}-${String(of.number).padStart(8, '0')}.package.v1`;
}

export const PACKAGE_FILES = {
  payload: '.ndjson.gz',
  signature: '.manifest.sig',
  manifest: '.manifest.json',
} as const;

/** Counts in the order of their names, to be compared as text. */
function sortedEntries(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
