import { randomBytes } from 'node:crypto';
import { BASE_DATES, hasOddParity, VENDING_KEY_BYTES, type BaseDate, type KeyType } from '../../sts/index.ts';
import { agree, checkValueOf, exchangeKeyOf, macOf, unseal, type Transport } from './crypto.ts';
import { hex, moment, momentOf, number, text, type Field } from './wire.ts';

/** A key register of the simulated module. */
export type SimulatedKey = {
  readonly sgc: string;
  readonly krn: number;
  readonly keyType: KeyType;
  readonly baseDate: BaseDate;
  readonly ken: number;
  readonly dkga: 2 | 4;
  readonly activeFromUnixMs: number | null;
  readonly issuedUntilUnixMs: number | null;
  readonly refreshByUnixMs: number | null;
  readonly unitLimitTenths: number | null;
  readonly currencyLimit: number | null;
  readonly key: Uint8Array;
};

/** A filled register: the key, and what it has issued. */
export type Register = { key: SimulatedKey; tokens: number; unitsTenths: number };

const ATTRIBUTE_FIELDS = 12;

/** Attributes in the order of the line, as they stand in a response. */
export function attributeFields(key: SimulatedKey): readonly string[] {
  return [
    text(key.sgc),
    number(key.krn),
    number(key.keyType),
    number(BASE_DATES.indexOf(key.baseDate) + 1),
    number(key.ken),
    number(key.dkga),
    moment(key.activeFromUnixMs),
    moment(key.issuedUntilUnixMs),
    moment(key.refreshByUnixMs),
    number(key.unitLimitTenths),
    number(key.currencyLimit),
    hex(checkValueOf(key.dkga, key.key)),
  ];
}

type Announced = Omit<SimulatedKey, 'key'> & { readonly kcv: string };

function announcedOf(fields: readonly Field[]): Announced | undefined {
  const at = (index: number): string => fields[index]!.text;
  const optional = (index: number): number | null => (at(index) === '' ? null : Number(at(index)));
  const baseDate = BASE_DATES[Number(at(3)) - 1];
  const dkga = Number(at(5));
  if (baseDate === undefined || (dkga !== 2 && dkga !== 4)) return undefined;
  return {
    sgc: at(0),
    krn: Number(at(1)),
    keyType: Number(at(2)) as KeyType,
    baseDate,
    ken: Number(at(4)),
    dkga,
    activeFromUnixMs: momentOf(at(6)),
    issuedUntilUnixMs: momentOf(at(7)),
    refreshByUnixMs: momentOf(at(8)),
    unitLimitTenths: optional(9),
    currencyLimit: optional(10),
    kcv: at(11),
  };
}

/** The text to which a sealed key is bound, and which the file's seal covers. */
function boundText(key: Announced): string {
  return JSON.stringify([
    key.sgc,
    key.krn,
    key.keyType,
    key.baseDate,
    key.ken,
    key.dkga,
    key.activeFromUnixMs,
    key.issuedUntilUnixMs,
    key.kcv,
    key.unitLimitTenths,
    key.currencyLimit,
    key.refreshByUnixMs,
  ]);
}

type Load = {
  readonly transport: Transport;
  readonly senderKey: string;
  readonly wanted: number;
  readonly lines: string[];
  readonly taken: { readonly place: number; readonly key: SimulatedKey }[];
};

/** The registers, and the way in which keys come into them: begin, one record at a time, seal. */
export class KeyStore {
  readonly #moduleId: string;
  readonly #seed = randomBytes(32);
  readonly #registers: (Register | undefined)[];
  #load: Load | undefined;

  constructor(moduleId: string, keys: readonly SimulatedKey[], capacity: number) {
    this.#moduleId = moduleId;
    this.#registers = Array.from({ length: capacity }, (_, index) => {
      const key = keys[index];
      return key && { key, tokens: 0, unitsTenths: 0 };
    });
  }

  get capacity(): number {
    return this.#registers.length;
  }

  get publicKey(): string {
    return exchangeKeyOf(this.#seed).toString('hex').toUpperCase();
  }

  at(register: number): Register | undefined {
    return this.#registers[register - 1];
  }

  /** The storage key is gone, and with it everything that it protected. */
  erase(): void {
    this.#registers.fill(undefined);
    this.#load = undefined;
  }

  begin(moduleId: string, senderKey: string, wanted: number): string {
    if (moduleId !== this.#moduleId) return '33';
    if (senderKey.length !== 64 || wanted < 1) return '63';
    const transport = agree(this.#seed, Buffer.from(senderKey, 'hex'));
    this.#load = { transport, senderKey, wanted, lines: [], taken: [] };
    return '00';
  }

  /** One record: its status, and the register that it will have. */
  take(fields: readonly Field[]): {
    readonly status: string;
    readonly register: number;
    readonly kcv: string;
  } {
    const bad = (status: string) => ({ status, register: 0, kcv: '' });
    const load = this.#load;
    if (!load || load.taken.length === load.wanted) return bad('26');
    const announced = announcedOf(fields.slice(0, ATTRIBUTE_FIELDS));
    if (!announced) return bad('49');
    const sealedHex = fields[ATTRIBUTE_FIELDS]!.text;
    const bound = boundText(announced);
    const bytes = unseal(load.transport, Buffer.from(sealedHex, 'hex'), bound);
    if (!bytes) return bad('77');
    if (bytes.length !== VENDING_KEY_BYTES[announced.dkga]) return bad('94');
    if (announced.dkga === 2 && !hasOddParity(bytes)) return bad('94');
    const kcv = checkValueOf(announced.dkga, bytes);
    if (kcv !== announced.kcv) return bad('78');
    const used = new Set(load.taken.map(({ place }) => place));
    const place = this.#registers.findIndex((register, index) => !register && !used.has(index));
    if (place === -1) return bad('27');
    load.taken.push({ place, key: { ...announced, key: bytes } });
    load.lines.push(`${bound} ${sealedHex.toLowerCase()}`);
    return { status: '00', register: place + 1, kcv };
  }

  /** Checks the seal over all that came; only then are the keys in force. */
  end(mac: string): string {
    const load = this.#load;
    this.#load = undefined;
    if (!load || load.taken.length !== load.wanted) return '26';
    const head = ['kioskwatt-key-load', '1', this.#moduleId, load.senderKey.toLowerCase()];
    if (macOf(load.transport, [...head, ...load.lines].join('\n')) !== mac) return '77';
    for (const { place, key } of load.taken) this.#registers[place] = { key, tokens: 0, unitsTenths: 0 };
    return '00';
  }
}
