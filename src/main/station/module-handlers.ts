import { createHash } from 'node:crypto';
import {
  refuse,
  type CallFault,
  type CallInput,
  type CallOutput,
  type Handlers,
  type ModuleWarningView,
  type Session,
  type SignedInOperator,
  type StationStatus,
} from '../../contract/index.ts';
import { assert, err, ok, unixMs, type Result } from '../../units/index.ts';
import { appendRecord, businessDateOf } from '../ledger/index.ts';
import { askSecondPerson } from '../operators/index.ts';
import {
  actionFor,
  actionForWarning,
  faultForCall,
  keyEndsUnixMs,
  parsePin,
  shownCertificate,
  type DualApproval,
  type LoadedKey,
  type ModuleFault,
  type ModuleKey,
  type ModuleReport,
  type SecureModule,
} from '../secure-module/index.ts';
import { StorageError, writeDurably, type DirectoryReader, type LedgerReader } from '../store/index.ts';
import { isModuleStopped } from '../vending/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { saveExport } from './save-export.ts';

type ModuleCalls = Pick<
  Handlers,
  | 'modules.report'
  | 'modules.keyRequest'
  | 'modules.saveRequest'
  | 'modules.inspectKeys'
  | 'modules.loadKeys'
  | 'modules.enrolCertificate'
>;
type ReportView = CallOutput<'modules.report'>['modules'][number];

/** How many meters of the directory a key serves. */
export function metersServed(
  directory: DirectoryReader,
  { sgc, krn, keyType, dkga }: Pick<ModuleKey, 'sgc' | 'krn' | 'keyType' | 'dkga'>,
): number {
  const row = directory
    .prepare('SELECT count(*) AS meters FROM meter WHERE sgc = ? AND krn = ? AND key_type = ? AND dkga = ?')
    .get<{ meters: number }>(sgc, krn, keyType, dkga);
  return row?.meters ?? 0;
}

const PRESSING = ['urgent', 'soon', 'early'] as const;

/**
 * What the counter's strip says of warnings: the most pressing, and how many. Left out are keys that no meter of the
 * directory needs, and those in whose place the module has a key of the same revision that ends later.
 */
export function strippedWarnings(
  directory: DirectoryReader,
  reports: readonly ModuleReport[],
): Pick<StationStatus['module'], 'warning' | 'warnings'> {
  const warnings = reports.flatMap((report) =>
    report.warnings.filter(({ params }) => {
      const key = report.keys.find(({ register }) => register === params['register']);
      return !key || isNeeded(directory, key, report.keys);
    }),
  );
  const first = PRESSING.flatMap((level) => warnings.filter((warning) => warning.level === level))[0];
  const warning: ModuleWarningView | null = first ? { ...first, params: { ...first.params } } : null;
  return { warning, warnings: warnings.length };
}

function isNeeded(directory: DirectoryReader, key: ModuleKey, keys: readonly ModuleKey[]): boolean {
  const { sgc, krn, keyType, dkga } = key;
  const isSame = (other: ModuleKey): boolean =>
    other.sgc === sgc && other.krn === krn && other.keyType === keyType && other.dkga === dkga;
  if (keys.some((other) => isSame(other) && keyEndsUnixMs(other) > keyEndsUnixMs(key))) return false;
  return (
    directory
      .prepare('SELECT 1 AS found FROM meter WHERE sgc = ? AND krn = ? AND key_type = ? AND dkga = ? LIMIT 1')
      .get<{ found: number }>(sgc, krn, keyType, dkga) !== undefined
  );
}

/**
 * Whether a module was stopped. One of which the books can't be asked counts as stopped: it sells nothing, and the
 * till goes on showing and reprinting what it has. The writer keeps the fault, which each sale is refused by.
 */
export function countsAsStopped(ledger: LedgerReader, moduleId: string): boolean {
  try {
    return isModuleStopped(ledger, moduleId);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return true;
  }
}

/** The modules that answer and were stopped, by their ids: nothing is sold with them until somebody has looked into it. */
export function stoppedModules(ledger: LedgerReader, reports: readonly ModuleReport[]): string[] {
  return reports.flatMap(({ identity }) =>
    identity && countsAsStopped(ledger, identity.moduleId) ? [identity.moduleId] : [],
  );
}

function keyView<Key extends Omit<ModuleKey, 'register'>>(key: Key): Key & { readonly endsUnixMs: number } {
  return { ...key, endsUnixMs: keyEndsUnixMs(key) };
}

function reportView(
  { ledger, directory }: Pick<HandlerDeps, 'ledger' | 'directory'>,
  report: ModuleReport,
): ReportView {
  const { driver, place, identity, fault, warnings, keys, clock, transactionsLeft } = report;
  return {
    driver,
    place,
    takesKeys: report.takesKeys,
    certificatePin: report.certificatePin,
    identity: identity && {
      moduleId: identity.moduleId,
      firmware: identity.firmware,
      level: identity.level,
      certified: identity.certified,
    },
    stopped: stoppedModules(ledger, [report]).length > 0,
    fault: fault && { code: fault.code, params: fault.params, action: actionFor(fault.code) },
    warnings: warnings.map((warning) => ({ ...warning, action: actionForWarning(warning.code) })),
    clockUnixMs: clock?.unixMs ?? null,
    transactionsLeft,
    keys: keys.map((key) => ({ ...keyView(key), meters: metersServed(directory, key) })),
  };
}

function asked<Value>(answer: Result<Value, ModuleFault>): Result<Value, CallFault> {
  return answer.ok ? answer : err(faultForCall(answer.error));
}

/** Secure modules as people look at them, and the ceremony of keys: request, preview, second person, load. */
export function moduleHandlers(deps: HandlerDeps): ModuleCalls {
  const { ledger, modules } = deps;
  return {
    'modules.report': async () => {
      await modules.look();
      return ok({ modules: modules.reports().map((report) => reportView(deps, report)) });
    },
    'modules.keyRequest': async ({ moduleId }) => {
      const module = modules.moduleOf(moduleId);
      return asked(module.ok ? await module.value.exportKeyRequest() : module);
    },
    'modules.saveRequest': async ({ moduleId }) => {
      const module = modules.moduleOf(moduleId);
      const request = asked(module.ok ? await module.value.exportKeyRequest() : module);
      if (!request.ok) return request;
      const { fileName, text } = request.value;
      return saveExport(deps, fileName, async (to) => writeDurably(to, text));
    },
    'modules.inspectKeys': async ({ moduleId, file }) => {
      const module = modules.moduleOf(moduleId);
      const preview = module.ok ? await module.value.inspectKeyLoad(Buffer.from(file)) : module;
      if (!preview.ok) return asked(preview);
      return ok({ ...preview.value, keys: preview.value.keys.map(keyView) });
    },
    'modules.loadKeys': async (input, session) => {
      const bytes = Buffer.from(input.file);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      // What was shown to two people is what is loaded, or nothing is.
      if (sha256 !== input.sha256) return refuse('module-file', { reason: 'changed' });
      const known = ledger.prepare('SELECT reply FROM request WHERE request_id = ?').get(input.requestId);
      if (known) return stored(ledger, input.requestId, 'modules.loadKeys', () => refuse('request-invalid'));
      const module = modules.moduleOf(input.moduleId);
      if (!module.ok) return asked(module);
      const loaded = await load(deps, module.value, bytes, session, input.second);
      if (!loaded.ok) return loaded;
      return record(deps, session, { ...input, sha256 }, loaded.value);
    },
    'modules.enrolCertificate': (input, session) => enrolCertificate(deps, input, session),
  };
}

const CONNECT_MS = 10_000;

/**
 * The fingerprint that the first person has from the server's owner has to be the one that the server shows now; the
 * second person signs in for it. Written down first, then kept in the settings, then in use.
 */
async function enrolCertificate(
  deps: HandlerDeps,
  input: CallInput<'modules.enrolCertificate'>,
  session: Session,
): Promise<Result<CallOutput<'modules.enrolCertificate'>, CallFault>> {
  const { requestId, place, reason } = input;
  const server = deps.tokenServer(place);
  if (!server) return refuse('module-missing', { place });
  const shown = asked(await shownCertificate({ ...server, callMs: CONNECT_MS }));
  if (!shown.ok) return shown;
  const certificatePin = parsePin(input.fingerprint) ?? '';
  if (shown.value !== certificatePin) return refuse('certificate-differs', { place, shown: shown.value });
  const second = await secondPerson(deps, session, input.second);
  if (!second.ok) return second;
  const now = deps.now();
  const enrolled = stored(deps.ledger, requestId, 'modules.enrolCertificate', (tx) => {
    appendRecord(tx, {
      kind: 'certificate-enrolled',
      atUnixMs: now,
      businessDate: businessDateOf(now, deps.settings.zone),
      operatorId: session.operator?.operatorId ?? null,
      subjectId: place,
      detail: {
        certificatePin,
        formerPin: parsePin(server.certificatePin) ?? '',
        reason,
        secondOperatorId: second.value.operatorId,
      },
    });
    return ok({ place, certificatePin });
  });
  if (!enrolled.ok) return enrolled;
  await deps.modules.replaceServer(deps.keepTokenServer({ ...server, certificatePin }));
  deps.tell('status-changed');
  return enrolled;
}

/** Whoever stands beside the custodian proves who they are, now. */
async function secondPerson(
  deps: HandlerDeps,
  session: Session,
  proof: { readonly name: string; readonly pin: string },
): Promise<Result<SignedInOperator, CallFault>> {
  assert(session.operator, 'the door lets nobody through who is not signed in');
  const when = { nowUnixMs: deps.now(), zone: deps.settings.zone };
  return askSecondPerson(deps.ledger, when, session.operator, proof, [
    'key-custodian',
    'supervisor',
    'administrator',
  ]);
}

type Loaded = { readonly keys: readonly LoadedKey[]; readonly approval: DualApproval };

async function load(
  deps: HandlerDeps,
  module: SecureModule,
  file: Uint8Array,
  session: Session,
  proof: { readonly name: string; readonly pin: string },
): Promise<Result<Loaded, CallFault>> {
  const second = await secondPerson(deps, session, proof);
  if (!second.ok) return second;
  assert(session.operator, 'a second person stands beside a first');
  const approval: DualApproval = {
    firstOperatorId: session.operator.operatorId,
    secondOperatorId: second.value.operatorId,
    secondSignedUnixMs: unixMs(deps.now()),
  };
  const keys = asked(await module.loadKeys(file, approval));
  return keys.ok ? ok({ keys: keys.value, approval }) : keys;
}

/** Writes down who loaded what: the file by its hash, both people, and each key as it was read back. */
function record(
  deps: HandlerDeps,
  session: Session,
  input: { readonly requestId: string; moduleId: string; sha256: string; reason: string },
  { keys, approval }: Loaded,
): Result<CallOutput<'modules.loadKeys'>, CallFault> {
  const { moduleId, sha256, reason } = input;
  const differs = keys.find(({ announcedKcv, key }) => announcedKcv !== key.kcv);
  const view = { keys: keys.map(({ announcedKcv, key }) => ({ announcedKcv, key: keyView(key) })) };
  const written = stored(deps.ledger, input.requestId, 'modules.loadKeys', (tx) => {
    const now = deps.now();
    appendRecord(tx, {
      kind: 'keys-loaded',
      atUnixMs: now,
      businessDate: businessDateOf(now, deps.settings.zone),
      operatorId: session.operator?.operatorId ?? null,
      subjectId: moduleId,
      detail: {
        sha256,
        reason,
        secondOperatorId: approval.secondOperatorId,
        keys: keys.map(({ announcedKcv, key: { register, sgc, krn, kcv } }) => ({
          register,
          sgc,
          krn,
          kcv,
          announcedKcv,
        })),
      },
    });
    return ok(view);
  });
  deps.tell('status-changed');
  return differs ? refuse('module-load-kcv') : written;
}
