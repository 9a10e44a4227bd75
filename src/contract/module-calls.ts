import { z } from 'zod';
import { defineCall } from './call.ts';
import {
  idShape,
  moduleActionShape,
  moduleIdShape as moduleId,
  moduleWarningShape,
  textShape,
} from './shapes.ts';

const LOOKS = ['supervisor', 'key-custodian', 'auditor', 'administrator'] as const;
const KEYS = ['key-custodian'] as const;
const nothing = z.object({});
const instant = z.int().min(0).nullable();
/** A key-load file as text; the door lets no longer request through. */
const fileText = z.string().min(1).max(250_000);
const params = z.record(z.string(), z.union([z.string(), z.number()]));
/** SHA-256 of a certificate, 64 hexadecimal digits; colons, spaces and case don't matter. */
const fingerprint = z.string().regex(/^(?:[0-9A-Fa-f]{2}[:\s]?){32}$/u);
const second = z.object({ name: textShape, pin: z.string().min(1).max(64) });

/** One vending key, by everything about it that is no secret. */
const announcedKeyShape = z.object({
  sgc: z.string(),
  krn: z.int(),
  keyType: z.int(),
  baseDate: z.int(),
  ken: z.int(),
  dkga: z.int(),
  /** When the key's last token time lies. */
  endsUnixMs: z.int(),
  activeFromUnixMs: instant,
  issuedUntilUnixMs: instant,
  refreshByUnixMs: instant,
  unitLimitTenths: z.int().nullable(),
  currencyLimit: z.int().nullable(),
  kcv: z.string(),
});

const moduleReportShape = z.object({
  driver: z.string(),
  place: z.string(),
  identity: z
    .object({
      moduleId: z.string(),
      firmware: z.string(),
      level: z.enum(['primitive', 'managed']),
      certified: z.boolean(),
    })
    .nullable(),
  /** It was stopped after a wrong token or a fault of its own: nothing is sold with it. */
  stopped: z.boolean(),
  fault: z.object({ code: z.string(), params, action: moduleActionShape }).nullable(),
  warnings: z.array(moduleWarningShape.extend({ action: moduleActionShape })),
  /** Whether keys come into it through this program. */
  takesKeys: z.boolean(),
  /** The certificate that two people enrolled, as 64 lower-case digits; null where there is none. */
  certificatePin: z.string().nullable(),
  clockUnixMs: instant,
  transactionsLeft: z.int().nullable(),
  /** Each key with the number of meters in the directory that it serves. */
  keys: z.array(announcedKeyShape.extend({ register: z.int(), meters: z.int() })),
});

/** Secure modules and the ceremony by which keys come into them. */
export const moduleCalls = {
  /** Every module of the settings, as it is now: identity, clock, keys and what will stop sales one day. */
  'modules.report': defineCall({
    input: nothing,
    output: z.object({ modules: z.array(moduleReportShape) }),
    roles: LOOKS,
    windows: ['counter'],
    changes: false,
  }),
  /** The file that a module gives out so that keys can be made for it alone. */
  'modules.keyRequest': defineCall({
    input: z.object({ moduleId }),
    output: z.object({ moduleId: z.string(), fileName: z.string(), text: z.string() }),
    roles: KEYS,
    windows: ['counter'],
    changes: false,
  }),
  /** Writes the module's request into the folder of exports beside the books; the answer is the file's path. */
  'modules.saveRequest': defineCall({
    input: z.object({ requestId: idShape, moduleId }),
    output: z.object({ file: z.string() }),
    roles: KEYS,
    windows: ['counter'],
    changes: true,
  }),
  /** Reads a key-load file and changes nothing. Another module's file is refused. */
  'modules.inspectKeys': defineCall({
    input: z.object({ moduleId, file: fileText }),
    output: z.object({ moduleId: z.string(), sha256: z.string(), keys: z.array(announcedKeyShape) }),
    roles: KEYS,
    windows: ['counter'],
    changes: false,
  }),
  /**
   * Loads a key file that was looked at, with a second person who signs in for it now, reads every key back and
   * writes it down. `sha256` is the previewed file's.
   */
  'modules.loadKeys': defineCall({
    input: z.object({
      requestId: idShape,
      moduleId,
      file: fileText,
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      reason: textShape.min(3),
      second,
    }),
    output: z.object({
      keys: z.array(
        z.object({ announcedKcv: z.string(), key: announcedKeyShape.extend({ register: z.int() }) }),
      ),
    }),
    roles: KEYS,
    windows: ['counter'],
    changes: true,
  }),
  /**
   * Enrols a token server's certificate: `fingerprint` is what its owner reads out, which the server has to show over
   * the network too, and a second person signs in for it now. Kept in the settings and written down; in use at once.
   */
  'modules.enrolCertificate': defineCall({
    input: z.object({
      requestId: idShape,
      /** The server, `host:port` as in the report. */
      place: z.string().min(1).max(260),
      fingerprint,
      reason: textShape.min(3),
      second,
    }),
    output: z.object({ place: z.string(), certificatePin: z.string() }),
    roles: KEYS,
    windows: ['counter'],
    changes: true,
  }),
} as const;
