import { field, optional, type Shape, type StructShape, type ValueOf } from './shapes.ts';

/** The managed interface, version 1.1, as tables: field numbers, types, methods. Nothing else knows them. */

export const API_VERSION = '1.1';

export const apiException = {
  fields: { eCode: field(1, 'string'), eMsgEn: field(2, 'string') },
} as const satisfies StructShape;

/** Thrift's own refusal of a call (TApplicationException). */
export const callException = {
  fields: { message: optional(1, 'string'), type: optional(2, 'i32') },
} as const satisfies StructShape;

const sessionOptions = {
  fields: { version: field(1, 'string'), culture: optional(10, 'string') },
} as const satisfies StructShape;

const signInResult = { fields: { accessToken: field(1, 'string') } } as const satisfies StructShape;

const alert = apiException;

const nodeStatus = {
  fields: { info: field(1, { texts: true }), alerts: field(2, { list: alert }) },
} as const satisfies StructShape;

const meterConfigAmendment = {
  fields: { toSgc: field(1, 'i32'), toKrn: field(2, 'i16'), toTi: field(3, 'i16') },
} as const satisfies StructShape;

const meterConfigIn = {
  fields: {
    drn: field(1, 'string'),
    ea: field(2, 'i16'),
    tct: field(3, 'i16'),
    sgc: field(10, 'i32'),
    krn: field(11, 'i16'),
    ti: field(12, 'i16'),
    newConfig: optional(20, meterConfigAmendment),
    allowKrnUpdate: optional(21, 'bool'),
    ken: field(30, 'i16'),
    doe: optional(31, 'string'),
    allow3Kct: optional(32, 'bool'),
    allowKenUpdate: optional(33, 'bool'),
  },
} as const satisfies StructShape;

const meterConfigAdvice = {
  fields: {
    toSgc: field(1, 'i32'),
    toKrn: field(2, 'i16'),
    toTi: field(3, 'i16'),
    toKen: field(4, 'i16'),
    idRecord: field(10, 'string'),
    record2: field(11, 'string'),
    rollover: field(20, 'bool'),
    toVkKcv: field(21, 'string'),
  },
} as const satisfies StructShape;

const token = {
  fields: {
    drn: field(1, 'string'),
    pan: field(2, 'string'),
    ea: field(3, 'i16'),
    tct: field(4, 'i16'),
    sgc: field(5, 'i32'),
    krn: field(6, 'i16'),
    ti: field(7, 'i16'),
    tokenClass: field(10, 'i16'),
    subclass: field(11, 'i16'),
    tid: field(12, 'i32'),
    transferAmount: field(13, 'double'),
    isReservedTid: field(14, 'bool'),
    newConfig: optional(15, meterConfigAdvice),
    description: field(20, 'string'),
    stsUnitName: field(21, 'string'),
    scaledAmount: field(22, 'string'),
    scaledUnitName: field(23, 'string'),
    tokenDec: field(30, 'string'),
    tokenHex: field(31, 'string'),
    idSm: field(40, 'string'),
    vkKcv: field(41, 'string'),
  },
} as const satisfies StructShape;

const meterTestToken = {
  fields: {
    drn: field(1, 'string'),
    pan: field(2, 'string'),
    tokenClass: field(10, 'i16'),
    subclass: field(11, 'i16'),
    control: field(12, 'i64'),
    mfrcode: field(13, 'i16'),
    description: field(20, 'string'),
    tokenDec: field(30, 'string'),
    tokenHex: field(31, 'string'),
  },
} as const satisfies StructShape;

const verifyResult = {
  fields: {
    validationResult: field(1, 'string'),
    token: optional(2, token),
    meterTestToken: optional(3, meterTestToken),
  },
} as const satisfies StructShape;

const message = { messageId: field(1, 'string'), accessToken: field(2, 'string') } as const;
const issue = {
  fields: {
    ...message,
    meter: field(3, meterConfigIn),
    subclass: field(4, 'i16'),
    transferAmount: field(5, 'double'),
    tokenTime: field(6, 'i64'),
    flags: field(7, 'i64'),
  },
} as const satisfies StructShape;

export type Method = { readonly args: StructShape; readonly returns: Shape };

/** Every method that a vending station calls, by its name on the wire. */
export const METHODS = {
  ping: { args: { fields: { sleepMs: field(1, 'i32'), echo: field(2, 'string') } }, returns: 'string' },
  signInWithPassword: {
    args: {
      fields: {
        messageId: field(1, 'string'),
        realm: field(2, 'string'),
        username: field(3, 'string'),
        password: field(4, 'string'),
        options: field(5, sessionOptions),
      },
    },
    returns: signInResult,
  },
  getStatus: { args: { fields: message }, returns: { list: nodeStatus } },
  issueCreditToken: { args: issue, returns: { list: token } },
  issueMseToken: { args: issue, returns: { list: token } },
  issueKeyChangeTokens: {
    args: {
      fields: { ...message, meter: field(3, meterConfigIn), newConfig: field(4, meterConfigAmendment) },
    },
    returns: { list: token },
  },
  verifyToken: {
    args: { fields: { ...message, meter: field(3, meterConfigIn), tokenDec: field(4, 'string') } },
    returns: verifyResult,
  },
  fetchTokenResult: {
    args: { fields: { ...message, reqMessageId: field(3, 'string') } },
    returns: { list: token },
  },
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof METHODS;
export type ArgsOf<Name extends MethodName> = ValueOf<(typeof METHODS)[Name]['args']>;
export type ReturnOf<Name extends MethodName> = ValueOf<(typeof METHODS)[Name]['returns']>;
export type ApiToken = ValueOf<typeof token>;
export type ApiMeter = ValueOf<typeof meterConfigIn>;
