import type {
  CallFault,
  CallOutput,
  Handlers,
  OpenSlip,
  PrinterOptions,
  Session,
  StationSettings,
} from '../../contract/index.ts';
import { assert, ok, type Result } from '../../units/index.ts';
import { encodeLogo, findPrinters, readJobDocument, type PrintJob } from '../printing/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse } from '../vending/index.ts';
import type { Printing } from './printing.ts';
import { printJobView } from './sale-view.ts';

export type PrinterHandlerDeps = {
  readonly ledger: LedgerReader;
  readonly printing: Printing;
  /** Puts the printer in use, and how it is set up, into the station's settings. */
  readonly keepPrinter: (address: string, options: PrinterOptions) => void;
  readonly isNewRequest: (requestId: string, call: string) => boolean;
};

type PrinterHandlers = {
  [
    Name in keyof Handlers as Name extends `printer.${string}` | 'print.open' | 'print.answer' ? Name : never
  ]: Handlers[Name];
};

const MOST_SLIPS = 20;

const operatorOf = (session: Session): string => {
  assert(session.operator, 'the door lets nobody through who is not signed in');
  return session.operator.operatorId;
};

/** Slips that need somebody, and the printer's own care. */
export function printerHandlers(deps: PrinterHandlerDeps): PrinterHandlers {
  return { ...slipHandlers(deps), ...careHandlers(deps) };
}

function slipHandlers(deps: PrinterHandlerDeps): Pick<PrinterHandlers, 'print.open' | 'print.answer'> {
  const { ledger, printing } = deps;
  return {
    'print.open': async () =>
      ok({
        slips: printing
          .open()
          .filter(({ state }) => state !== 'sent' && state !== 'sending')
          .slice(0, MOST_SLIPS)
          .flatMap((job) => openSlip(ledger, job)),
      }),
    'print.answer': async ({ requestId, jobId, said }, session) => {
      const job = deps.isNewRequest(requestId, 'print.answer')
        ? printing.answer(jobId, said, operatorOf(session))
        : printing.job(jobId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
  };
}

function openSlip(ledger: LedgerReader, job: PrintJob): readonly OpenSlip[] {
  const document = readJobDocument(ledger, job.jobId);
  if (!document) return [];
  const customer = document.items[0]?.customer?.name ?? '';
  const { number: receiptNumber, total } = document;
  return [{ job: printJobView(job), receiptNumber, customer, total, createdUnixMs: job.createdUnixMs }];
}

function careHandlers(deps: PrinterHandlerDeps): Omit<PrinterHandlers, 'print.open' | 'print.answer'> {
  const { printer } = deps.printing;
  const view = async (): Promise<CallOutput<'printer.view'>> => {
    const inUse = printer.address;
    const level = inUse === null ? null : (printer.level(inUse) ?? null);
    return { inUse, level, options: printer.options(inUse), found: [...(await findPrinters())] };
  };
  return {
    'printer.view': async () => ok(await view()),
    'printer.options': async ({ address }) =>
      ok({ options: printer.options(address), level: printer.level(address) ?? null }),
    'printer.save': async ({ address, options }) => {
      const used = printer.use(address, options);
      if (!used.ok) return refuse('printer-address', { text: used.error.text });
      deps.keepPrinter(address, options);
      return ok(await view());
    },
    'printer.test': async ({ address, options }, session) => {
      const level = await printer.test(address, options, operatorOf(session), 'en');
      return level.ok ? ok({ level: level.value }) : refuseProblem(level.error);
    },
    'printer.doctor': async ({ address }) => {
      const findings = await printer.examine(address);
      return ok({
        findings: findings.map(({ standing, id, params }) => ({ standing, sentence: { id, params } })),
      });
    },
    'printer.logo': async ({ png, columns }) => {
      const logo = await encodeLogo(new Uint8Array(Buffer.from(png, 'base64')), columns);
      if (!logo.ok) return refuse(logo.error.code, logo.error.params);
      const { bytes, widthDots, heightDots } = logo.value;
      return ok({ logo: Buffer.from(bytes).toString('base64'), widthDots, heightDots });
    },
    'printer.drawer': async ({ requestId, reason }, session) => {
      if (!deps.isNewRequest(requestId, 'printer.drawer')) return ok({});
      const kicked = await (printer.kick(operatorOf(session), reason) ?? refuse('drawer-none'));
      return kicked.ok ? ok({}) : refuseProblem(kicked.error);
    },
  };
}

type Trouble =
  | { readonly code: 'printer-address'; readonly text: string }
  | { readonly code: string; readonly params: CallFault['params'] };

const refuseProblem = (problem: Trouble): Result<never, CallFault> =>
  'text' in problem ? refuse(problem.code, { text: problem.text }) : refuse(problem.code, problem.params);

/** The settings with another printer in use; the others stay as they were set up. */
export function settingsWithPrinter(
  settings: StationSettings,
  address: string,
  options: PrinterOptions,
): StationSettings {
  return { ...settings, printer: address, printers: { ...settings.printers, [address]: options } };
}
