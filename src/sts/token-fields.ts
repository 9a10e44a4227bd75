import type { Resource, UnitsTenths } from '../units/index.ts';
import type { KeyType } from './key-attributes.ts';

/** What every token that a meter accepts only once carries. */
type Once = {
  /** Token identifier: minutes since the base date, 24 bits. */
  readonly tid: number;
};

type Random = {
  /** The random nibble, 0 to 15. */
  readonly rnd: number;
};

/** Class 0, sub-classes 0 to 3. */
export type CreditToken = Once &
  Random & {
    readonly kind: 'credit';
    readonly resource: Resource;
    readonly units: UnitsTenths;
  };

/** Class 0, sub-classes 4 to 7. */
export type CurrencyCreditToken = Once & {
  readonly kind: 'currency-credit';
  readonly resource: Resource;
  /** Hundred-thousandths of the base currency unit; negative takes credit away. */
  readonly amount: bigint;
};

/** Class 1, sub-classes 0 to 2: the same for every meter, never encrypted. */
export type MeterTestToken = {
  readonly kind: 'meter-test';
  /** 0: two-digit manufacturer code. 1: four digits. 2: extended read. */
  readonly subClass: 0 | 1 | 2;
  /** 36 bits, or 28 with sub-class 1. */
  readonly control: number;
  /** 0 addresses every maker's meters. */
  readonly manufacturerCode: number;
};

/** Class 2, sub-class 0. */
export type PowerLimitToken = Once & Random & { readonly kind: 'power-limit'; readonly watts: number };

/** Class 2, sub-class 1. */
export type ClearCreditToken = Once &
  Random & {
    readonly kind: 'clear-credit';
    /** See CREDIT_REGISTERS. */
    readonly register: number;
  };

/** Class 2, sub-class 2; the standard reserves the coding of its 16 bits. */
export type TariffRateToken = Once & Random & { readonly kind: 'tariff-rate'; readonly rate: number };

/** Class 2, sub-class 5. */
export type ClearTamperToken = Once & Random & { readonly kind: 'clear-tamper' };

/** Class 2, sub-class 6. */
export type PhaseUnbalanceToken = Once &
  Random & { readonly kind: 'phase-unbalance-limit'; readonly watts: number };

/** Class 2, sub-class 7; the standard reserves the coding of its 16 bits. */
export type WaterFactorToken = Once &
  Random & { readonly kind: 'water-meter-factor'; readonly factor: number };

/** Class 2, sub-class 10. */
export type ExtendedToken = Once &
  Random & {
    readonly kind: 'extended-set';
    /** Six bits; 63 addresses the flags, see flagValue. */
    readonly index: number;
    /** Ten bits. */
    readonly value: number;
  };

/** Class 2, sub-class 3: the first section of a key change, under the old key. */
export type KeySection1Token = {
  readonly kind: 'key-section-1';
  readonly keyExpiryHigh: number;
  readonly keyRevision: number;
  /** The base date changes: the meter forgets its token times. */
  readonly rollOver: boolean;
  /** An EA07 set has a third section with the supply group. */
  readonly thirdFollows: boolean;
  readonly keyType: KeyType;
  /** The new key's most significant 32 bits. */
  readonly keyPart: number;
};

/** Class 2, sub-class 4. */
export type KeySection2Token = {
  readonly kind: 'key-section-2';
  readonly keyExpiryLow: number;
  readonly tariffIndex: number;
  /** The new key's least significant 32 bits. */
  readonly keyPart: number;
};

/** Class 2, sub-class 8 with EA07. */
export type KeySection3GroupToken = { readonly kind: 'key-section-3-group'; readonly supplyGroup: number };

/** Class 2, sub-class 8 with EA11: bits 95 to 64 of the key and the lower half of the supply group. */
export type KeySection3Token = {
  readonly kind: 'key-section-3';
  readonly supplyGroupLow: number;
  readonly keyPart: number;
};

/** Class 2, sub-class 9 with EA11: bits 63 to 32 of the key and the upper half of the supply group. */
export type KeySection4Token = {
  readonly kind: 'key-section-4';
  readonly supplyGroupHigh: number;
  readonly keyPart: number;
};

/** One section of a key change; the key parts are secret. */
export type KeySectionToken =
  KeySection1Token | KeySection2Token | KeySection3GroupToken | KeySection3Token | KeySection4Token;

export type CreditFields = CreditToken | CurrencyCreditToken;

export type ManagementFields =
  | PowerLimitToken
  | ClearCreditToken
  | TariffRateToken
  | ClearTamperToken
  | PhaseUnbalanceToken
  | WaterFactorToken
  | ExtendedToken;

/** Everything that is encrypted with a meter's key. */
export type EncryptedTokenFields = CreditFields | ManagementFields | KeySectionToken;

/** What a token says. */
export type TokenFields = EncryptedTokenFields | MeterTestToken;

/** A field and a value that it must not have. */
export type FieldProblem = { readonly field: string; readonly value: number };

/** A field's value is outside what its token can carry. */
export type TokenFieldError = FieldProblem & { readonly code: 'token-field-range' };
