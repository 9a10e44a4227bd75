import {
  groupToken,
  isMessageId,
  moneyText,
  translator,
  unitsText,
  type Locale,
  type MessageId,
  type MessageParams,
  type Translator,
} from '../i18n/index.ts';
import {
  amountMinor,
  assert,
  civilToText,
  unitsTenths,
  type CivilMinute,
  type Currency,
  type Resource,
} from '../units/index.ts';
import { cleanText } from './clean.ts';
import type {
  ReceiptCustomer,
  ReceiptDocument,
  ReceiptItem,
  ReceiptMoneyLine,
  ReceiptPair,
  ReceiptToken,
} from './document.ts';
import { isolate } from './visual.ts';

/** Ready text, or a message id of the catalogues with its parameters. */
export type Wording = string | { readonly id: string; readonly params: MessageParams };

export type TokenFacts = {
  readonly kind: 'key-change' | 'credit' | 'free' | 'management' | 'test';
  readonly digits: string;
  /** As decoded from the token: tenths of the resource's unit. */
  readonly unitsTenths?: number;
  /** As decoded from a currency token, in minor units. */
  readonly amountMinor?: number;
  /**
   * Replaces the usual heading: what a management token does (`receipt.token.power-limit`, `.clear-tamper` and the
   * like), or what a test token shows.
   */
  readonly heading?: Wording;
};

/** How a part of the money was paid. */
export type TenderKind = 'cash' | 'card' | 'mobile-money' | 'cheque';

export type TenderPart = {
  readonly kind: TenderKind;
  /** What was handed over or paid; for cash before change. */
  readonly amountMinor: number;
  /** Whole, as the ledger has it; only its last four signs are printed. */
  readonly reference?: string;
};

export type TenderFacts = {
  /** In the order to print them. Several where the tender was split. */
  readonly parts: readonly TenderPart[];
  /** Printed where a part is cash. */
  readonly changeMinor: number;
};

/** What a receipt is for; it decides the title and what is said where there is no token. */
export type ReceiptKind =
  'sale' | 'free' | 'payment' | 'management' | 'key-change' | 'replacement' | 'test-tokens';

export type ItemFacts = {
  readonly customer: ReceiptCustomer | null;
  readonly meterNumber: string | null;
  readonly resource: Resource;
  readonly tokens: readonly TokenFacts[];
  readonly lines: readonly {
    readonly label: Wording;
    readonly detail: Wording | null;
    readonly amountMinor: number;
  }[];
  readonly debt?: { readonly beforeMinor: number; readonly afterMinor: number };
  /** What the customer has on account afterwards, where they have something there. */
  readonly balanceMinor?: number;
  /** What of the total is this item's; printed under its lines where several share a total. */
  readonly amountMinor?: number;
  /** Its own number, where the items of a basket are sales of their own under one tender. */
  readonly receiptNumber?: string;
  /** Its own code, for the same case; printed at the foot with its meter above it. */
  readonly qr?: string;
  readonly sts?: {
    readonly sgc: string;
    readonly krn: number;
    readonly ti: string;
    readonly ea: string;
    readonly tt?: string;
  };
  readonly help?: Wording;
};

/** Everything that a receipt says, as facts; `receiptDocument` puts them into words. */
export type ReceiptFacts = {
  readonly locale: Locale;
  readonly kind: ReceiptKind;
  /** Whose keys made the tokens, when they are not a certified module's. */
  readonly mark: 'training' | 'private' | null;
  readonly header: readonly string[];
  readonly stationName: string;
  readonly operatorName: string;
  readonly items: readonly ItemFacts[];
  readonly currency: Currency;
  /** Null where no money changed hands: a free token, a meter service. */
  readonly totalMinor: number | null;
  readonly tender: TenderFacts | null;
  readonly receiptNumber: string;
  /** The number of the receipt whose token this one's replaces. */
  readonly replaces?: string;
  /** Why it was made, where somebody had to say. */
  readonly reason?: Wording;
  /** Who allowed it, where the operator alone may not. */
  readonly authorisedBy?: string;
  /** The sale's UUID; its last twelve digits are printed. */
  readonly saleId: string;
  readonly at: CivilMinute;
  /** Null or left out where the items have codes of their own, and where nothing was sold. */
  readonly qr?: string | null;
  readonly fiscal?: {
    readonly documentNumber: string;
    readonly verificationCode: string;
    readonly qr: string | null;
  };
};

const TOKEN_ORDER = { 'key-change': 0, credit: 1, free: 2, management: 3, test: 4 } as const;

function word(translate: Translator, wording: Wording): string {
  if (typeof wording === 'string') return wording;
  return isMessageId(wording.id) ? translate(wording.id, wording.params) : wording.id;
}

/** Money without the currency's code, for the column of amounts. */
function bareMoney(minor: number, currency: Currency): string {
  return moneyText(amountMinor(minor), currency).slice(currency.code.length + 1);
}

function tokenValue(
  translate: Translator,
  token: TokenFacts,
  resource: Resource,
  currency: Currency,
): ReceiptPair | null {
  if (token.unitsTenths !== undefined) {
    return { label: translate('receipt.units'), text: unitsText(unitsTenths(token.unitsTenths), resource) };
  }
  if (token.amountMinor !== undefined) {
    return { label: translate('receipt.amount'), text: moneyText(amountMinor(token.amountMinor), currency) };
  }
  return null;
}

function tokenList(translate: Translator, item: ItemFacts, currency: Currency): readonly ReceiptToken[] {
  const sorted = item.tokens.toSorted((a, b) => TOKEN_ORDER[a.kind] - TOKEN_ORDER[b.kind]);
  return sorted.map((token, index) => {
    assert(/^\d{20}$/u.test(token.digits), 'a token on a receipt has twenty digits');
    const heading = word(translate, token.heading ?? { id: `receipt.token.${token.kind}`, params: {} });
    const numbered = { heading, position: index + 1, of: sorted.length };
    // The tokens of a test sheet are keyed in one at a time, in any order.
    const isNumbered = sorted.length > 1 && token.kind !== 'test';
    return {
      heading: isNumbered ? translate('receipt.token.numbered', numbered) : heading,
      digits: token.digits,
      value: tokenValue(translate, token, item.resource, currency),
    };
  });
}

/** The one technical line: each name stays beside its value when the line is wrapped. */
function stsLine(sts: NonNullable<ItemFacts['sts']>): string {
  const parts = [`SGC ${sts.sgc}`, `KRN ${sts.krn}`, `TI ${sts.ti}`, `EA ${sts.ea}`];
  const all = sts.tt === undefined ? parts : [...parts, `TT ${sts.tt}`];
  return all.map((part) => part.replace(' ', '\u00a0')).join(' ');
}

/** The sentence under the heading: what to do with the tokens, or why there is none. */
function noteId(kind: ReceiptKind, tokens: readonly TokenFacts[]): MessageId | null {
  if (tokens.length === 0) return kind === 'sale' ? 'receipt.no-token' : null;
  if (tokens.some((token) => token.kind === 'test')) return 'receipt.token.any-order';
  if (kind === 'replacement') return 'receipt.token.instead';
  return tokens.length > 1 ? 'receipt.token.order' : null;
}

function accountPairs(translate: Translator, item: ItemFacts, currency: Currency): readonly ReceiptPair[] {
  const rows = [
    ['receipt.debt-before', item.debt?.beforeMinor],
    ['receipt.debt-after', item.debt?.afterMinor],
    ['receipt.balance', item.balanceMinor],
  ] as const;
  return rows.flatMap(([id, minor]) =>
    minor === undefined ? [] : [{ label: translate(id), text: bareMoney(minor, currency) }],
  );
}

function receiptItem(translate: Translator, item: ItemFacts, facts: ReceiptFacts): ReceiptItem {
  const { currency, kind } = facts;
  const note = noteId(kind, item.tokens);
  const lines = item.lines.map((line): ReceiptMoneyLine => ({
    label: word(translate, line.label),
    detail: line.detail === null ? null : word(translate, line.detail),
    amount: bareMoney(line.amountMinor, currency),
  }));
  const { sts, amountMinor: minor, receiptNumber, qr } = item;
  return {
    customer: item.customer,
    meter: item.meterNumber === null ? null : { label: translate('receipt.meter'), text: item.meterNumber },
    tokens: tokenList(translate, item, currency),
    note: note === null ? null : translate(note),
    lines,
    debt: accountPairs(translate, item, currency),
    sts: sts ? stsLine(sts) : null,
    help: item.help === undefined ? null : word(translate, item.help),
    ...(minor !== undefined && {
      total: { label: translate('receipt.item-total'), text: bareMoney(minor, currency) },
    }),
    ...(receiptNumber !== undefined && {
      ids: [{ label: translate('receipt.number'), text: receiptNumber }],
    }),
    ...(qr !== undefined && { qr }),
  };
}

function titleId(facts: ReceiptFacts): MessageId {
  if (facts.kind !== 'sale') return `receipt.title.${facts.kind}`;
  const [first = 'electricity', ...others] = new Set(facts.items.map((item) => item.resource));
  return others.length > 0 ? 'receipt.title.several' : `receipt.title.${first}`;
}

const REFERENCE_SIGNS = 4;

/** The end of a reference: enough to tell payments apart, too little to claim one by. */
export function maskedReference(reference: string): string {
  return reference.length > REFERENCE_SIGNS ? `...${reference.slice(-REFERENCE_SIGNS)}` : reference;
}

function tenderPairs(
  translate: Translator,
  tender: TenderFacts,
  money: (minor: number) => string,
): readonly ReceiptPair[] {
  const parts = tender.parts.map(({ kind, amountMinor: minor, reference }) => {
    const name = translate(`receipt.tender.${kind}`);
    const label =
      reference === undefined ? name : `${name} ${isolate(cleanText(maskedReference(reference)))}`;
    return { label, text: money(minor) };
  });
  const hasCash = tender.parts.some(({ kind }) => kind === 'cash');
  return hasCash
    ? [...parts, { label: translate('receipt.change'), text: money(tender.changeMinor) }]
    : parts;
}

/** The last twelve hexadecimal digits of a sale's id, in groups of four: enough to find it by. */
export function shortSaleId(saleId: string): string {
  return groupToken(saleId.replaceAll('-', '').slice(-12).toUpperCase());
}

/** Puts the facts of a sale into words, once, in the receipt's language. The result is stored as it is. */
export function receiptDocument(facts: ReceiptFacts): ReceiptDocument {
  const translate = translator(facts.locale);
  const pair = (id: MessageId, text: string): ReceiptPair => ({ label: translate(id), text });
  const money = (minor: number): string => moneyText(amountMinor(minor), facts.currency);
  const { tender, fiscal } = facts;
  return {
    version: 1,
    locale: facts.locale,
    title: translate(titleId(facts)),
    header: facts.header,
    station: pair('receipt.station', facts.stationName),
    operator: pair('receipt.operator', facts.operatorName),
    words: {
      original: translate('receipt.original'),
      copy: translate('receipt.copy', { number: '#' }),
      total: translate('receipt.total'),
    },
    training: facts.mark === null ? null : translate(`receipt.${facts.mark}`),
    items: facts.items.map((item) => receiptItem(translate, item, facts)),
    total: facts.totalMinor === null ? null : money(facts.totalMinor),
    tender: tender ? tenderPairs(translate, tender, money) : [],
    ids: [
      pair('receipt.number', facts.receiptNumber),
      pair('receipt.sale', shortSaleId(facts.saleId)),
      pair('receipt.time', civilToText(facts.at)),
      ...(facts.replaces === undefined ? [] : [pair('receipt.replaces', facts.replaces)]),
      ...(facts.reason === undefined ? [] : [pair('receipt.reason', word(translate, facts.reason))]),
      ...(facts.authorisedBy === undefined ? [] : [pair('receipt.authorised-by', facts.authorisedBy)]),
    ],
    number: facts.receiptNumber,
    qr: facts.qr ?? null,
    fiscal: fiscal
      ? {
          pairs: [
            pair('receipt.fiscal-document', fiscal.documentNumber),
            pair('receipt.fiscal-code', fiscal.verificationCode),
          ],
          qr: fiscal.qr,
        }
      : null,
  };
}
