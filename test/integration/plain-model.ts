/**
 * What ought to happen at a till, from the rules as a cashier would tell them: a few lists and maps, no database, no
 * code of the till.
 */

export const START = Date.UTC(2026, 10, 23, 6, 0);

/** What a module does with a request for a token. */
export type ModuleMood = 'well' | 'lost' | 'refuses';

export type Referred = 'card' | 'mobile-money' | 'cheque';
export type Account = Referred | 'cash-drawer';
export const ACCOUNTS: readonly Account[] = ['cash-drawer', 'card', 'mobile-money', 'cheque'];

/** How a customer pays. */
export type Pay = {
  readonly by: 'cash' | 'account' | 'split';
  /** What is not paid in cash. */
  readonly account: Referred;
  /** Which of a few references; null for none. */
  readonly reference: number | null;
  /** Tenths of the sum that a split payment pays by its account. */
  readonly tenths: number;
  readonly sum: 'right' | 'over' | 'short';
};

export type Item = { readonly meter: number; readonly minor: number };

export type ModelSale = Item & {
  readonly minute: number;
  readonly soldAt: number;
  readonly parts: Partial<Record<Account, number>>;
  state: 'open' | 'sold' | 'void' | 'unissued';
};

/** A payment by reference: what it brought the first time, and which sales it was used for. */
type Payment = {
  readonly brought: number;
  readonly uses: { readonly sale: ModelSale; readonly minor: number }[];
};

const NEEDS_REFERENCE: readonly Referred[] = ['mobile-money', 'cheque'];
const DUPLICATE_MS = 15 * 60_000;

/** What a payment pays by its account, and in cash, which is a multiple of the smallest coin as what is due is. */
export function sharesOf(
  { by, tenths }: Pay,
  dueMinor: number,
  coinMinor: number,
): { readonly byAccount: number; readonly inCash: number } {
  if (by === 'cash') return { byAccount: 0, inCash: dueMinor };
  const byAccount =
    by === 'account' ? dueMinor : Math.floor((dueMinor * tenths) / 10 / coinMinor) * coinMinor;
  return { byAccount, inCash: dueMinor - byAccount };
}

export class PlainModel {
  readonly sales: ModelSale[] = [];
  /** The smallest coin. */
  readonly coinMinor: number;
  readonly #payments = new Map<string, Payment>();
  /** What came into the drawer beside sales, and left it. */
  #movedMinor: number;
  /** What is in the safe that was not there in the morning. */
  safeMinor: number;
  now = START;

  constructor(coinMinor: number, floatMinor: number) {
    this.coinMinor = coinMinor;
    this.#movedMinor = floatMinor;
    this.safeMinor = -floatMinor;
  }

  /** Notes out of the drawer into the safe; none are refused. */
  drop(minor: number): string | null {
    if (minor === 0) return 'count-invalid';
    this.#movedMinor -= minor;
    this.safeMinor += minor;
    return null;
  }

  pay(direction: 'in' | 'out', minor: number): void {
    this.#movedMinor += direction === 'in' ? minor : -minor;
  }

  /** Says of a sale that is sold that it was paid otherwise, as far as it was paid that way. */
  correct(sale: ModelSale, from: Account, to: Account, minor: number): string | null {
    if (sale.state !== 'sold') return 'sale-not-recorded';
    const paid = sale.parts[from] ?? 0;
    if (from === to || minor > paid) return 'correction-amount';
    sale.parts[from] = paid - minor;
    sale.parts[to] = (sale.parts[to] ?? 0) + minor;
    return null;
  }

  /** Why the order is refused before any module is asked; null when it is not. */
  refusal(items: readonly Item[], pay: Pay, insists: boolean): string | null {
    const isOpen = ({ meter }: Item): boolean =>
      this.sales.some((sale) => sale.meter === meter && sale.state === 'open');
    if (items.some(isOpen)) return 'meter-has-open-sale';
    const unpaid = this.#unpaid(items, pay);
    if (unpaid !== null) return unpaid;
    for (const item of items) {
      const warning = insists ? null : this.#warning(item);
      if (warning !== null) return warning;
      if (this.nextMinute(item.meter) - this.#minuteNow > 10) return 'token-time-full';
    }
    return null;
  }

  #warning({ meter, minor }: Item): string | null {
    const sold = this.sales
      .filter((sale) => sale.meter === meter && sale.state === 'sold')
      .toSorted((a, b) => b.minute - a.minute);
    const isSame = (sale: ModelSale): boolean =>
      sale.minor === minor && this.now - sale.soldAt < DUPLICATE_MS;
    if (sold.some(isSame)) return 'warning-duplicate';
    const usual = sold.length >= 3 ? Math.max(...sold.slice(0, 3).map((sale) => sale.minor)) : undefined;
    return usual !== undefined && minor >= 5 * usual ? 'warning-unusual-amount' : null;
  }

  #unpaid(items: readonly Item[], pay: Pay): string | null {
    const { by, account, reference, sum } = pay;
    const { byAccount } = sharesOf(pay, dueOf(items), this.coinMinor);
    if (by !== 'cash' && reference === null && NEEDS_REFERENCE.includes(account)) return 'reference-missing';
    if (by === 'account' && sum !== 'right') return sum === 'over' ? 'tender-too-much' : 'tender-too-little';
    if (sum === 'short') return 'cash-too-little';
    return by === 'cash' || reference === null || this.#pays(pay, items, byAccount) ? null : 'reference-used';
  }

  /** A payment pays once; what of it came back from a void sale may pay for that sale's meter. */
  #pays({ account, reference }: Pay, items: readonly Item[], wanted: number): boolean {
    const payment = this.#payments.get(`${account} ${reference}`);
    if (!payment) return true;
    const meters = items.map(({ meter }) => meter);
    const isBack = ({ sale }: Payment['uses'][number]): boolean =>
      sale.state === 'void' && meters.includes(sale.meter);
    const spent = payment.uses.filter((use) => !isBack(use)).reduce((total, { minor }) => total + minor, 0);
    return payment.uses.some(isBack) && payment.brought - spent >= wanted;
  }

  /** The order's sales, each with what becomes of it; the module's moods are those of its sales in their order. */
  sell(items: readonly Item[], pay: Pay, moods: readonly ModuleMood[]): readonly ModelSale[] {
    const { byAccount, inCash } = sharesOf(pay, dueOf(items), this.coinMinor);
    const pots: [Account, number][] = [
      [pay.account, byAccount],
      ['cash-drawer', inCash],
    ];
    let doubtful = false;
    const sold = items.map((item, index): ModelSale => {
      const mood = moods[index] ?? 'well';
      const state = doubtful ? 'void' : ({ well: 'sold', lost: 'open', refuses: 'void' } as const)[mood];
      doubtful ||= state === 'open';
      const minute = this.nextMinute(item.meter);
      return { ...item, minute, soldAt: this.now, parts: takeFrom(pots, item.minor), state };
    });
    this.sales.push(...sold);
    if (pay.by !== 'cash' && pay.reference !== null) this.#noteUses(pay, byAccount, sold);
    return sold;
  }

  #noteUses({ account, reference }: Pay, brought: number, sold: readonly ModelSale[]): void {
    const key = `${account} ${reference}`;
    const payment = this.#payments.get(key) ?? { brought, uses: [] };
    this.#payments.set(key, payment);
    for (const sale of sold) {
      const minor = sale.parts[account] ?? 0;
      if (minor > 0) payment.uses.push({ sale, minor });
    }
  }

  get #minuteNow(): number {
    return Math.floor(this.now / 60_000) + 120;
  }

  nextMinute(meter: number): number {
    const used = this.sales.filter((sale) => sale.meter === meter).map((sale) => sale.minute);
    const next = Math.max(this.#minuteNow, ...used.map((minute) => minute + 1));
    return next % 1440 === 1 ? next + 1 : next;
  }

  /** What an account holds: the parts of all that is sold or not yet settled, and what else moved in the drawer. */
  held(account: Account): number {
    const moved = account === 'cash-drawer' ? this.#movedMinor : 0;
    return this.sales
      .filter(({ state }) => state === 'open' || state === 'sold')
      .reduce((sum, { parts }) => sum + (parts[account] ?? 0), moved);
  }

  inDoubtMinor(): number {
    return this.sales.filter(({ state }) => state === 'open').reduce((sum, { minor }) => sum + minor, 0);
  }

  count(state: ModelSale['state']): number {
    return this.sales.filter((sale) => sale.state === state).length;
  }
}

export function dueOf(items: readonly Item[]): number {
  return items.reduce((sum, { minor }) => sum + minor, 0);
}

/** Takes a sum out of the pots, the first as far as it goes. */
function takeFrom(pots: [Account, number][], minor: number): ModelSale['parts'] {
  let missing = minor;
  const parts: Partial<Record<Account, number>> = {};
  for (const pot of pots) {
    const taken = Math.min(pot[1], missing);
    if (taken > 0) parts[pot[0]] = taken;
    pot[1] -= taken;
    missing -= taken;
  }
  return parts;
}
