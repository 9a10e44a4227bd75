import type { Locale } from '../i18n/index.ts';

/** A label and its text: `Receipt` and `000123`. Both are in the receipt's language. */
export type ReceiptPair = { readonly label: string; readonly text: string };

/** Who bought, as printed. Retention may blank it years later; nothing else on a receipt changes. */
export type ReceiptCustomer = {
  readonly name: string;
  readonly account: string;
  readonly address: string;
};

/** One token as printed. `heading` carries the number where there are several: `Key change token 1 of 3`. */
export type ReceiptToken = {
  readonly heading: string;
  /** Twenty digits. */
  readonly digits: string;
  /** What the token was decoded to, for instance `42.6 kWh`; null for a token that carries no value. */
  readonly value: ReceiptPair | null;
};

export type ReceiptMoneyLine = {
  readonly label: string;
  readonly detail: string | null;
  /** Grouped digits without the currency's code. */
  readonly amount: string;
};

/** What one meter got. A basket of several meters is several items under one total. */
export type ReceiptItem = {
  readonly customer: ReceiptCustomer | null;
  /** Null for a payment that is for no meter. */
  readonly meter: ReceiptPair | null;
  /** In the order to key in: key change, credit, free, management, test. */
  readonly tokens: readonly ReceiptToken[];
  /** A sentence under the heading: the order to key in, or why there is no token. */
  readonly note: string | null;
  readonly lines: readonly ReceiptMoneyLine[];
  /** Debt before and after, and what is left on account. */
  readonly debt: readonly ReceiptPair[];
  /** `SGC 123456 KRN 1 TI 01 EA 07`, or null. */
  readonly sts: string | null;
  /** How to key in or read the balance on this meter, or null. */
  readonly help: string | null;
  /** This item's share, where several stand under one total. */
  readonly total?: ReceiptPair;
  /** Its own numbers, where the items of a basket are sales of their own. */
  readonly ids?: readonly ReceiptPair[];
  /** Its own code, for the same case. */
  readonly qr?: string;
};

/** What a country's fiscal adapter filled in. */
export type ReceiptFiscal = { readonly pairs: readonly ReceiptPair[]; readonly qr: string | null };

/**
 * A receipt as plain JSON, stored with its sale. Every word is text in the receipt's language, not a message
 * id: a catalogue or tariff that changes later alters no reprint. Amounts are text for the same reason; the
 * figures themselves are in the ledger.
 */
export type ReceiptDocument = {
  readonly version: 1;
  readonly locale: Locale;
  readonly title: string;
  /** Lines above everything: trading name, address, tax number. */
  readonly header: readonly string[];
  readonly station: ReceiptPair;
  readonly operator: ReceiptPair;
  readonly words: {
    readonly original: string;
    /** Holds `#` where the number of the copy goes. */
    readonly copy: string;
    readonly total: string;
  };
  /** The band across a training receipt, or null for a receipt that counts. */
  readonly training: string | null;
  readonly items: readonly ReceiptItem[];
  /** With the currency's code. Null where no money changed hands. */
  readonly total: string | null;
  readonly tender: readonly ReceiptPair[];
  readonly ids: readonly ReceiptPair[];
  /** The receipt's number again, for the line at the very top and bottom. */
  readonly number: string;
  readonly qr: string | null;
  readonly fiscal: ReceiptFiscal | null;
};

/** The personal part of a document: one entry per item, kept apart so that it alone can be blanked. */
export type PersonalPart = readonly (ReceiptCustomer | null)[];

/** Takes the personal data out, for storing it beside the rest. */
export function splitPersonal(document: ReceiptDocument): {
  readonly rest: ReceiptDocument;
  readonly personal: PersonalPart;
} {
  return {
    rest: { ...document, items: document.items.map((item) => ({ ...item, customer: null })) },
    personal: document.items.map((item) => item.customer),
  };
}

/** The reverse of splitPersonal; null (blanked) leaves the document without personal data. */
export function joinPersonal(rest: ReceiptDocument, personal: PersonalPart | null): ReceiptDocument {
  return {
    ...rest,
    items: rest.items.map((item, index) => ({ ...item, customer: personal?.[index] ?? null })),
  };
}
