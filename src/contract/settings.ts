import { z } from 'zod';
import { printerOptionsShape } from './printer-shapes.ts';
import { currencyShape, localeShape, payableShape, profileShape, scannerShape, textShape } from './shapes.ts';

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const headOfficeShape = z.strictObject({
  transport: z.discriminatedUnion('kind', [
    /** A folder, on a share of the local machine or on a stick that is carried. */
    z.strictObject({ kind: z.literal('folder'), folder: z.string().min(1).max(1_000) }),
    z.strictObject({
      kind: z.literal('sftp'),
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535),
      user: z.string().min(1).max(64),
      /** A file with the private key that signs in, unencrypted, readable by the station's account. */
      keyFile: z.string().min(1).max(1_000),
      /** SHA-256 of the server's host key in base64 without padding, as `ssh-keygen -lf` shows it. */
      hostKey: z.string().regex(/^[A-Za-z0-9+/]{43}$/u),
      folder: z.string().min(1).max(1_000),
    }),
  ]),
  /** Minutes between two uploads while anything is unsent; 30 when left out. Head office may say otherwise. */
  everyMinutes: z.int().min(1).max(1_440).optional(),
});

const portShape = z.int().min(1).max(65_535);
/** A vending key of a token server, as its owner tells it: there is no way to ask the server. */
const servedKeyShape = z.strictObject({
  sgc: z.string().regex(/^\d{6}$/u),
  krn: z.int().min(1).max(9),
  keyType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
  ken: z.int().min(0).max(255),
  dkga: z.union([z.literal(2), z.literal(4)]),
  /** Six hexadecimal digits. */
  kcv: z.string().regex(/^[0-9A-F]{6}$/u),
});
/** A token server. The passphrase that the station is started with is its password there. */
const tokenServerShape = z.strictObject({
  driver: z.literal('prism'),
  host: z.string().min(1).max(200),
  port: portShape,
  /** SHA-256 of the server's certificate, with or without colons: read out and compared by two people. */
  certificatePin: z.string().regex(/^(?:[0-9A-Fa-f]{2}:?){32}$/u),
  realm: z.string().min(1).max(40),
  username: z.string().min(1).max(100),
  /** Whether the server may put key-change tokens before the credit of its own accord. */
  allowKeyChange: z.boolean(),
  keys: z.array(servedKeyShape).min(1).max(200),
});
export type TokenServerSettings = z.infer<typeof tokenServerShape>;
/** One secure module: which driver, and where it is. */
const moduleShape = z.union([
  /** The key file of the data folder. Never in production. */
  z.strictObject({ driver: z.literal('software') }),
  /** On a serial line, by its path or by its adapter's serial number. */
  z.strictObject({ driver: z.literal('sts6'), serialPath: z.string().min(1).max(200) }),
  z.strictObject({ driver: z.literal('sts6'), serialNumber: z.string().min(1).max(200) }),
  /** On a USB adapter that this program drives itself, by the adapter's serial number. */
  z.strictObject({ driver: z.literal('sts6'), usbSerialNumber: z.string().min(1).max(200) }),
  tokenServerShape,
  /** Behind a serial server of the network. */
  z.strictObject({ driver: z.literal('sts6'), host: z.string().min(1).max(200), port: portShape }),
]);
export type ModuleSettings = z.infer<typeof moduleShape>;

/** What a station is set up with: the contents of `station.json` in its data folder. */
export const stationSettingsShape = z.strictObject({
  version: z.literal(1),
  /** Training, private and production never share a folder. */
  profile: profileShape,
  /** Begins every receipt number. */
  stationId: z.string().regex(/^[A-Z0-9]{1,12}$/u),
  stationName: textShape.min(1),
  /** Of the screens until somebody chooses, of receipts for customers who have none, and of the terminal. */
  language: localeShape.optional(),
  /** Lines at the head of every receipt: trading name, address, tax number. */
  receiptHeader: z.array(textShape).max(6),
  currency: currencyShape,
  /** The utility's IANA zone: business days, tariff months and receipts. */
  zone: z.string().refine(isZone, 'an IANA zone such as Africa/Johannesburg'),
  /** Minutes ahead of UTC of each supply group's token clock, without daylight saving. */
  supplyGroups: z.record(
    z.string().regex(/^\d{6}$/u),
    z.strictObject({
      offsetMinutes: z.int().min(-840).max(840),
      /** The revision that the group's meters are to have: others get key-change tokens with their next purchase. */
      keyRevision: z.int().min(1).max(9).optional(),
    }),
  ),
  /** Where the receipt printer listens, `host:port`, or null when there is none. */
  printer: z.string().max(200).nullable(),
  /** How each printer that was ever used here is set up, by its address. */
  printers: z.record(z.string().max(200), printerOptionsShape).optional(),
  /** Paper width of a printer that is not set up by itself. */
  receiptColumns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
  /** Secure modules, the first that answers is used; the software module when left out. */
  modules: z.array(moduleShape).min(1).max(4).optional(),
  /** The customer's display: on a second screen where there is one (`auto`, when left out), always, or never. */
  customerDisplay: z.enum(['auto', 'on', 'off']).optional(),
  cashKeysMinor: z.array(payableShape).max(8),
  /** Scanners that act as a keyboard; none has a prefix or a suffix, and Enter or Tab ends a scan, when left out. */
  scanner: scannerShape.optional(),
  /** Drawers and how they are counted. */
  shifts: z
    .strictObject({
      /** Names of the drawers here; one when left out. */
      drawers: z.array(z.string().min(1).max(20)).min(1).max(20).optional(),
      /** Whether somebody other than the cashier has to close a shift. */
      closedByAnother: z.boolean().optional(),
      /** Notes and coins that are counted, ascending. */
      denominationsMinor: z.array(payableShape).min(1).max(20).optional(),
      /** Whose bank account takes the deposits: printed on the slip. */
      beneficiary: textShape.optional(),
    })
    .optional(),
  /** Months after which customers' data is taken out of sales and receipts; never when left out. */
  retentionMonths: z.int().min(1).max(240).optional(),
  /** Seconds without a key after which the counter locks itself; 300 when left out. */
  idleLockSeconds: z.int().min(15).max(86_400).optional(),
  /** How this station takes money, in the words of price lists (`counter`, `bank`…); `counter` when left out. */
  channel: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/u)
    .optional(),
  /** The station's own ceilings; none where one is left out. */
  limits: z
    .strictObject({
      perSaleMinor: payableShape.optional(),
      perMeterDayMinor: payableShape.optional(),
      perOperatorDayMinor: payableShape.optional(),
      perOperatorShiftMinor: payableShape.optional(),
    })
    .optional(),
  /** The folder for backups, best on another disk; it holds one folder for each. */
  backupFolder: z.string().min(1).max(1_000).optional(),
  /** How files go to head office; a station without it stands alone. */
  headOffice: headOfficeShape.optional(),
});

export type HeadOfficeSettings = z.infer<typeof headOfficeShape>;
export type StationSettings = z.infer<typeof stationSettingsShape>;
