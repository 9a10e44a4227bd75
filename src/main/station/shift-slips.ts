import { detailText, type ShiftFiguresView, type StationSettings } from '../../contract/index.ts';
import {
  isMessageId,
  moneyText,
  translator,
  unitsText,
  type Locale,
  type Translator,
} from '../../i18n/index.ts';
import { slipDocument, type ReceiptDocument, type SlipFacts, type SlipLine } from '../../receipt/index.ts';
import { amountMinor, civilInZone, unitsTenths, unixMs } from '../../units/index.ts';
import { cellText, type ReportResult } from '../reports/index.ts';
import type { BankingFigures, SalesFigures } from '../shifts/index.ts';

/** What every slip of a station has in common. */
export type SlipPlace = {
  readonly settings: StationSettings;
  readonly mark: 'training' | 'private' | null;
  readonly operatorName: string;
  readonly nowUnixMs: number;
  /** The station's language, or the customer's on what a customer takes home. */
  readonly locale: Locale;
};

const wordsOf = (place: SlipPlace): Translator => translator(place.locale);

function slip(
  place: SlipPlace,
  facts: Pick<SlipFacts, 'title' | 'number' | 'sections' | 'ids'>,
): ReceiptDocument {
  const { settings, mark, operatorName, nowUnixMs } = place;
  return slipDocument({
    ...facts,
    locale: place.locale,
    mark,
    header: settings.receiptHeader,
    stationName: settings.stationName,
    operatorName,
    at: civilInZone(unixMs(nowUnixMs), settings.zone),
  });
}

function money(place: SlipPlace, minor: number): string {
  return moneyText(amountMinor(minor), place.settings.currency);
}

/** The catalogue's words for an id, or the thing's own name where it has none. */
function word(place: SlipPlace, id: string, name: string): string {
  return isMessageId(id) ? wordsOf(place)(id) : name;
}

const counted = (label: string, count: number, text: string): SlipLine => ({
  label: `${label} (${count})`,
  text,
});

/** The X of an open shift or the Z of a closed one: every figure that the screen shows. */
export function shiftSlip(place: SlipPlace, figures: ShiftFiguresView): ReceiptDocument {
  const translate = wordsOf(place);
  const { shift, z } = figures;
  const as = (minor: number): string => money(place, minor);
  const tenders = [...new Set(figures.movements.map(({ account }) => account))];
  return slip(place, {
    title: z ? translate('slip.z', { number: z.name }) : translate('slip.x', { number: shift.number }),
    number: z ? `Z ${z.name}` : `X ${shift.number}`,
    sections: [
      ...tenders.map((account) => ({
        heading: word(place, `account.${account}`, account),
        lines: tenderLines(place, figures, account),
      })),
      { heading: translate('slip.sales'), lines: salesLines(place, figures) },
      ...(figures.doubts.length === 0
        ? []
        : [
            {
              heading: translate('slip.doubts'),
              lines: figures.doubts.map((doubt) => ({
                label: doubt.receiptNumber,
                text: as(doubt.amountMinor),
              })),
            },
          ]),
    ],
    ids: [
      { label: translate('slip.shift'), text: String(shift.number) },
      { label: translate('slip.drawer'), text: shift.drawer },
      { label: translate('slip.cashier'), text: shift.operatorName },
      ...(z
        ? [
            { label: translate('slip.closed-by'), text: z.closedBy },
            { label: translate('slip.head'), text: z.head },
          ]
        : []),
    ],
  });
}

function tenderLines(place: SlipPlace, figures: ShiftFiguresView, account: string): readonly SlipLine[] {
  const translate = wordsOf(place);
  const as = (minor: number): string => money(place, minor);
  const own = <Of extends { readonly account: string }>(list: readonly Of[]): Of[] =>
    list.filter((each) => each.account === account);
  return [
    ...own(figures.movements).map(({ kind, debitMinor, creditMinor }) => ({
      label: word(place, `slip.kind.${kind}`, kind),
      text: as(debitMinor - creditMinor),
    })),
    ...own(figures.expected).map((each) => ({
      label: translate('slip.expected'),
      text: as(each.amountMinor),
    })),
    ...own(figures.variances).flatMap((each) => [
      { label: translate('slip.counted'), text: as(each.countedMinor) },
      { label: translate('slip.variance'), text: as(each.varianceMinor) },
    ]),
  ];
}

function salesLines(place: SlipPlace, figures: ShiftFiguresView): readonly SlipLine[] {
  const translate = wordsOf(place);
  const as = (minor: number): string => money(place, minor);
  const { sales, undone, handed } = figures;
  return [
    counted(translate('slip.sold'), sales.count, as(sales.amountMinor)),
    counted(translate('slip.undone'), undone.count, as(undone.amountMinor)),
    { label: translate('slip.received'), text: as(handed.receivedMinor) },
    { label: translate('slip.change'), text: as(handed.changeMinor) },
    ...figures.byResource.map((each) => ({
      ...counted(word(place, `resource.${each.resource}`, each.resource), each.count, as(each.amountMinor)),
      detail: unitsText(unitsTenths(each.unitsTenths), each.resource),
    })),
    ...figures.byAccount.map((each) => ({
      label: word(place, `account.${each.account}`, each.account),
      text: as(each.amountMinor),
    })),
    { label: translate('slip.no-sales'), text: String(figures.noSales) },
  ];
}

/** What the customer takes home about a case: the number, the sale, and what was said. */
export function disputeSlip(
  place: SlipPlace,
  dispute: {
    readonly number: number;
    readonly receiptNumber: string;
    readonly ground: 'amount' | 'meter';
    readonly words: string;
    readonly amountMinor: number;
  },
): ReceiptDocument {
  const translate = wordsOf(place);
  const name = `${place.settings.stationId}-D${dispute.number}`;
  return slip(place, {
    title: translate('slip.dispute', { number: name }),
    number: name,
    sections: [
      {
        heading: translate(`slip.dispute.${dispute.ground}`),
        lines: [
          { label: translate('receipt.number'), text: dispute.receiptNumber },
          { label: translate('receipt.amount'), text: money(place, dispute.amountMinor) },
          { label: translate('slip.words'), text: '', detail: dispute.words },
        ],
      },
    ],
    ids: [],
  });
}

/** The end of a run of sales. */
export function salesEndSlip(place: SlipPlace, number: number, figures: SalesFigures): ReceiptDocument {
  const translate = wordsOf(place);
  return slip(place, {
    title: translate('slip.sales-end', { number }),
    number: `S ${number}`,
    sections: [
      {
        heading: null,
        lines: [
          counted(translate('slip.sold'), figures.count, money(place, figures.amountMinor)),
          ...figures.byAccount.map((each) => ({
            label: word(place, `account.${each.account}`, each.account),
            text: money(place, each.amountMinor),
          })),
        ],
      },
    ],
    ids: [{ label: translate('slip.head'), text: figures.head }],
  });
}

/** The end of a banking: the deposit slip, with each deposit's reference and whose account it goes to. */
export function bankingSlip(place: SlipPlace, number: number, figures: BankingFigures): ReceiptDocument {
  const translate = wordsOf(place);
  return slip(place, {
    title: translate('slip.banking', { number }),
    number: `B ${number}`,
    sections: [
      {
        heading: translate('slip.deposits'),
        lines: figures.deposits.map((deposit) => ({
          label: deposit.reference,
          text: money(place, deposit.amountMinor),
          detail: [word(place, `account.${deposit.account}`, deposit.account), deposit.beneficiary]
            .filter(Boolean)
            .join(' · '),
        })),
      },
      {
        heading: null,
        lines: [
          { label: translate('account.safe'), text: money(place, figures.safeMinor) },
          { label: translate('account.cheque'), text: money(place, figures.chequesMinor) },
        ],
      },
    ],
    ids: [],
  });
}

/** A report on paper: a line for each row, its last figure at the right edge. */
export function reportSlip(place: SlipPlace, report: ReportResult): ReceiptDocument {
  const translate = wordsOf(place);
  const { settings } = place;
  const cell = (row: ReportResult['rows'][number], at: number): string => {
    const column = report.columns[at];
    const value = row[at] ?? null;
    if (!column || value === null) return '';
    if (typeof value === 'string') return wordOf(place, column.id, value);
    return cellText(value, column.kind, settings);
  };
  const last = report.columns.length - 1;
  return slip(place, {
    title: word(place, `report.${report.name}`, report.name),
    number: `${report.from} – ${report.to}`,
    sections: [
      {
        heading: null,
        lines: report.rows.map((row) => ({
          label: report.columns
            .slice(0, last)
            .map((_column, at) => cell(row, at))
            .filter(Boolean)
            .join(' · '),
          text: cell(row, last),
        })),
      },
      {
        heading: translate('receipt.total'),
        lines: report.totals.flatMap((total, at) => {
          const column = report.columns[at];
          return total === null || !column
            ? []
            : [
                {
                  label: word(place, `column.${column.id}`, column.id),
                  text: cellText(total, column.kind, settings),
                },
              ];
        }),
      },
    ],
    ids: [],
  });
}

/** Accounts, resources and kinds have words, details labels; names of people and numbers are their own. */
function wordOf(place: SlipPlace, columnId: string, value: string): string {
  if (columnId === 'detail')
    return detailText(wordsOf(place), value, {
      money: (minor) => money(place, minor),
      moment: (atUnixMs) => cellText(atUnixMs, 'time', place.settings),
    });
  return word(place, `${columnId}.${value}`, value);
}
