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
import type {
  ReceiptCustomer,
  ReceiptDocument,
  ReceiptItem,
  ReceiptMoneyLine,
  ReceiptPair,
  ReceiptToken,
} from './document.ts';

/** Ready text, or a message id of the catalogues with its parameters. */
export type Wording = string | { readonly id: string; readonly params: MessageParams };

export type TokenFacts = {
  readonly kind: 'key-change' | 'credit' | 'free' | 'management';
  readonly digits: string;
  /** As decoded from the token: tenths of the resource's unit. */
  readonly unitsTenths?: number;
  /** As decoded from a currency token, in minor units. */
  readonly amountMinor?: number;
  /** Replaces the usual heading: what a management token does. */
  readonly heading?: Wording;
};

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
  readonly kind: 'sale' | 'payment' | 'management';
  /** Whose keys made the tokens, when they are not a certified module's. */
  readonly mark: 'training' | 'private' | null;
  readonly header: readonly string[];
  readonly stationName: string;
  readonly operatorName: string;
  readonly items: readonly ItemFacts[];
  readonly currency: Currency;
  /** Null where no money changed hands: a free token, a meter service. */
  readonly totalMinor: number | null;
  readonly tender: { readonly receivedMinor: number; readonly changeMinor: number } | null;
  readonly receiptNumber: string;
  /** The sale's UUID; its last twelve digits are printed. */
  readonly saleId: string;
  readonly at: CivilMinute;
  readonly qr?: string;
  readonly fiscal?: {
    readonly documentNumber: string;
    readonly verificationCode: string;
    readonly qr: string | null;
  };
};

const TOKEN_ORDER = { 'key-change': 0, credit: 1, free: 2, management: 3 } as const;

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
    return {
      heading: sorted.length > 1 ? translate('receipt.token.numbered', numbered) : heading,
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

function receiptItem(
  translate: Translator,
  item: ItemFacts,
  currency: Currency,
  kind: ReceiptFacts['kind'],
): ReceiptItem {
  const tokens = tokenList(translate, item, currency);
  const noToken = kind === 'sale' ? translate('receipt.no-token') : null;
  const lines = item.lines.map((line): ReceiptMoneyLine => ({
    label: word(translate, line.label),
    detail: line.detail === null ? null : word(translate, line.detail),
    amount: bareMoney(line.amountMinor, currency),
  }));
  const { debt, sts } = item;
  return {
    customer: item.customer,
    meter: item.meterNumber === null ? null : { label: translate('receipt.meter'), text: item.meterNumber },
    tokens,
    note: tokens.length === 0 ? noToken : tokens.length > 1 ? translate('receipt.token.order') : null,
    lines,
    debt: debt
      ? [
          { label: translate('receipt.debt-before'), text: bareMoney(debt.beforeMinor, currency) },
          { label: translate('receipt.debt-after'), text: bareMoney(debt.afterMinor, currency) },
        ]
      : [],
    sts: sts ? stsLine(sts) : null,
    help: item.help === undefined ? null : word(translate, item.help),
  };
}

function titleId(facts: ReceiptFacts): MessageId {
  if (facts.kind !== 'sale') return `receipt.title.${facts.kind}`;
  return `receipt.title.${facts.items[0]?.resource ?? 'electricity'}`;
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
    items: facts.items.map((item) => receiptItem(translate, item, facts.currency, facts.kind)),
    total: facts.totalMinor === null ? null : money(facts.totalMinor),
    tender: tender
      ? [
          pair('receipt.received', money(tender.receivedMinor)),
          pair('receipt.change', money(tender.changeMinor)),
        ]
      : [],
    ids: [
      pair('receipt.number', facts.receiptNumber),
      pair('receipt.sale', shortSaleId(facts.saleId)),
      pair('receipt.time', civilToText(facts.at)),
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
