import type { PrinterOptions, StationSettings } from '../../contract/index.ts';
import type { Locale } from '../../i18n/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import {
  DEADLINES,
  examinePrinter,
  lookAtPrinter,
  openDrawer,
  parsePrinterAddress,
  printerLink,
  probe,
  probedLevel,
  statusLog,
  type AddressError,
  type Care,
  type Finding,
  type LookCode,
  type PrinterLevel,
  type PrinterProblem,
  type PrinterSetup,
  type PrinterStatus,
  type PrintQueue,
} from '../printing/index.ts';
import type { LedgerWriter } from '../store/index.ts';

export type InUseDeps = {
  readonly ledger: LedgerWriter;
  readonly settings: Pick<StationSettings, 'stationName' | 'receiptColumns' | 'printers'>;
  readonly training: boolean;
  readonly now: () => number;
  /** Made with the first setup. */
  readonly queue: () => PrintQueue;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
};

/** The pin of the drawer's plug that nearly every drawer listens on. */
export const USUAL_DRAWER_PIN = 2;

/** How often a printer that needs something is looked at between slips, so that the strip tells when it is over. */
const LOOK_EVERY_MS = 5_000;

/** The printer that slips go to, how it is set up, and what it was last heard to need. */
export class PrinterInUse {
  readonly #deps: InUseDeps;
  readonly #log: (status: PrinterStatus) => void;
  #kept: Readonly<Record<string, PrinterOptions>>;
  #address: string | null;
  #needs: LookCode | null = null;
  #look: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(deps: InUseDeps, address: string | null) {
    this.#deps = deps;
    this.#kept = { ...deps.settings.printers };
    this.#address = address;
    this.#log = statusLog(
      deps.ledger,
      () => this.#address ?? '',
      deps.now,
      (code) => {
        this.#needs = code;
        deps.onChange();
      },
    );
  }

  get address(): string | null {
    return this.#address;
  }

  get needs(): LookCode | null {
    return this.#needs;
  }

  options(address: string | null): PrinterOptions {
    return this.#kept[address ?? ''] ?? usualOptions(this.#deps.settings.receiptColumns);
  }

  level(address: string): PrinterLevel | undefined {
    return probedLevel(this.#deps.ledger, address);
  }

  /** The way to it as the queue takes it; null without a printer. */
  setup(): Result<PrinterSetup | null, AddressError> {
    return this.#address === null ? ok(null) : this.#setupOf(this.#address);
  }

  /** Uses it from the next slip on. */
  use(address: string, options: PrinterOptions): Result<null, AddressError> {
    const made = this.#setupOf(address, options);
    if (!made.ok) return made;
    this.#address = address;
    this.#needs = null;
    this.#kept = { ...this.#kept, [address]: options };
    this.#deps.queue().usePrinter(made.value);
    this.#deps.onChange();
    return ok(null);
  }

  /** Prints a test slip and keeps what the printer answered. */
  async test(
    address: string,
    options: PrinterOptions,
    operatorId: string,
    locale: Locale,
  ): Promise<Result<PrinterLevel, PrinterProblem | AddressError>> {
    const made = this.#setupOf(address, options);
    if (!made.ok) return made;
    const found = await probe(this.#care(made.value), locale, this.#deps.settings.stationName, operatorId);
    if (!found.ok) return found;
    if (address === this.#address) this.use(address, this.options(address));
    return ok(found.value.level);
  }

  /** Why nothing prints. */
  async examine(address: string): Promise<readonly Finding[]> {
    const queue = this.#deps.queue();
    const waiting = queue.open().filter((job) => job.state !== 'sent');
    const waitingForKey = waiting.filter((job) => !job.byItselfOnly).length;
    const patient = { address, level: this.level(address), waiting: waiting.length, waitingForKey };
    return queue.alone(() => examinePrinter(patient, DEADLINES));
  }

  /** Opens the drawer at its pin, or at `otherwise` where none is set up; null when there is nothing to open. */
  kick(
    operatorId: string,
    reason: string,
    otherwise: 2 | 5 | null = null,
  ): Promise<Result<null, PrinterProblem>> | null {
    if (this.#isClosed) return null;
    const made = this.setup();
    const pin = this.options(this.#address).drawerPin ?? otherwise;
    if (!made.ok || !made.value || pin === null) return null;
    return openDrawer(this.#care(made.value), pin, operatorId, reason);
  }

  /** Notes what the printer said of itself, and goes on looking while it needs something. */
  note(status: PrinterStatus): void {
    try {
      this.#log(status);
    } catch (error) {
      this.#deps.onFault(error);
    }
    clearTimeout(this.#look);
    if (this.#needs !== null) this.#look = setTimeout(() => void this.#lookAgain(), LOOK_EVERY_MS).unref();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#look);
  }

  async #lookAgain(): Promise<void> {
    const made = this.setup();
    if (!made.ok || !made.value || made.value.level === 'write-only') return;
    const { open, address } = made.value;
    const seen = await this.#deps.queue().alone(() => lookAtPrinter(open, address, DEADLINES));
    if (seen.ok && seen.value && address === this.#address) this.note(seen.value);
  }

  #setupOf(address: string, options = this.options(address)): Result<PrinterSetup, AddressError> {
    // What a printer can prove is what a probe found. One that was never probed proves nothing; training's does.
    const unproved = this.#deps.training ? 'process-id' : 'write-only';
    return printerSetup(address, options, this.level(address) ?? unproved);
  }

  #care(printer: PrinterSetup): Care {
    const { ledger, now } = this.#deps;
    return { queue: this.#deps.queue(), ledger, printer, now };
  }
}

const usualOptions = (columns: PrinterOptions['columns']): PrinterOptions => ({
  columns,
  codePage: 'WPC1252',
  arabicPage: null,
  cut: 'partial',
  cutFeedLines: 3,
  drawerPin: null,
  logo: null,
});

function printerSetup(
  address: string,
  options: PrinterOptions,
  level: PrinterLevel,
): Result<PrinterSetup, AddressError> {
  const parsed = parsePrinterAddress(address);
  if (!parsed.ok) return err(parsed.error);
  const { columns, codePage, arabicPage, cut, cutFeedLines } = options;
  const logo = options.logo === null ? null : new Uint8Array(Buffer.from(options.logo, 'base64'));
  const open = printerLink(parsed.value);
  return ok({ address, open, level, columns, codePage, arabicPage, cut, cutFeedLines, logo });
}
