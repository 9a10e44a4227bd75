import type { FieldSpec, ValuesOf } from './fields.ts';

/**
 * The commands, as data: what is asked and what comes back. Layouts of VC, VM, VK and of the request of VT are
 * those of published drivers; all others are this program's reading and are marked so. When the standard's own
 * text is at hand, corrections are made here and nowhere else.
 */

type CommandRow = {
  /** False where no published source gives the layout. */
  readonly published: boolean;
  readonly request: readonly FieldSpec[];
  readonly response: readonly FieldSpec[];
};

const METER = [
  { name: 'pan', type: 'P' },
  { name: 'ti', type: 'N' },
  { name: 'ea', type: 'N' },
  { name: 'tct', type: 'N' },
] as const satisfies readonly FieldSpec[];

const TOKEN_REQUEST = [
  { name: 'register', type: 'N' },
  ...METER,
  { name: 'subclass', type: 'N' },
  { name: 'value', type: 'H' },
  { name: 'tid', type: 'H' },
] as const satisfies readonly FieldSpec[];

const ONE_TOKEN = [
  { name: 'hex', type: 'P' },
  { name: 'digits', type: 'P' },
] as const satisfies readonly FieldSpec[];

/** Base date by number: 1 for 1993, 2 for 2014, 3 for 2035. */
const KEY_ATTRIBUTES = [
  { name: 'sgc', type: 'P' },
  { name: 'krn', type: 'N' },
  { name: 'keyType', type: 'N' },
  { name: 'baseDate', type: 'N' },
  { name: 'ken', type: 'N' },
  { name: 'dkga', type: 'N' },
  { name: 'activeFrom', type: 'D', optional: true },
  { name: 'issuedUntil', type: 'D', optional: true },
  { name: 'refreshBy', type: 'D', optional: true },
  { name: 'unitLimit', type: 'N', optional: true },
  { name: 'currencyLimit', type: 'N', optional: true },
  { name: 'kcv', type: 'H' },
] as const satisfies readonly FieldSpec[];

export const COMMANDS = {
  /** Identity, clock, number of key registers, transactions left by the licence. */
  DI: {
    published: false,
    request: [],
    response: [
      { name: 'moduleId', type: 'P' },
      { name: 'firmware', type: 'P' },
      { name: 'clock', type: 'D' },
      { name: 'registers', type: 'N' },
      { name: 'transactionsLeft', type: 'N', optional: true },
    ],
  },
  /** Attributes and counters of one vending key. */
  GA: {
    published: false,
    request: [{ name: 'register', type: 'N' }],
    response: [
      ...KEY_ATTRIBUTES,
      { name: 'tokens', type: 'N' },
      { name: 'units', type: 'N' },
      { name: 'unitsLeft', type: 'N', optional: true },
      { name: 'currencyLeft', type: 'N', optional: true },
    ],
  },
  VC: { published: true, request: TOKEN_REQUEST, response: ONE_TOKEN },
  VM: { published: true, request: TOKEN_REQUEST, response: ONE_TOKEN },
  VK: {
    published: true,
    request: [
      { name: 'registerOld', type: 'N' },
      { name: 'registerNew', type: 'N' },
      ...METER,
      { name: 'tiNew', type: 'N' },
      { name: 'count', type: 'N' },
    ],
    response: [
      { name: 'rollOver', type: 'N' },
      { name: 'count', type: 'N' },
      { name: 'hex', type: 'P' },
      { name: 'digits', type: 'P' },
    ],
  },
  /** `result` is Ok, Crc, DdtkCredit, KeyExpired or Format; the fields stand only with Ok. */
  VT: {
    published: false,
    request: [{ name: 'register', type: 'N' }, ...METER, { name: 'hex', type: 'P' }],
    response: [
      { name: 'result', type: 'P' },
      { name: 'tokenClass', type: 'N', optional: true },
      { name: 'subclass', type: 'N', optional: true },
      { name: 'value', type: 'H', optional: true },
      { name: 'tid', type: 'H', optional: true },
    ],
  },
  /** The module's public key, to which load files are made. */
  KR: {
    published: false,
    request: [],
    response: [
      { name: 'moduleId', type: 'P' },
      { name: 'publicKey', type: 'H' },
    ],
  },
  /** Begins a load: agrees on the transport key. */
  KX: {
    published: false,
    request: [
      { name: 'moduleId', type: 'P' },
      { name: 'senderKey', type: 'H' },
      { name: 'count', type: 'N' },
    ],
    response: [],
  },
  /** One key of a load; it serves only once the load has ended. */
  KL: {
    published: false,
    request: [...KEY_ATTRIBUTES, { name: 'sealed', type: 'H' }],
    response: [
      { name: 'register', type: 'N' },
      { name: 'kcv', type: 'H' },
    ],
  },
  /** Ends a load: the seal over the whole file. */
  KF: {
    published: false,
    request: [{ name: 'mac', type: 'H' }],
    response: [{ name: 'count', type: 'N' }],
  },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMANDS;
export type RequestOf<Name extends CommandName> = ValuesOf<(typeof COMMANDS)[Name]['request']>;
export type ResponseOf<Name extends CommandName> = ValuesOf<(typeof COMMANDS)[Name]['response']>;
