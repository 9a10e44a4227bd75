import { createHash } from 'node:crypto';
import {
  refuse,
  type CallFault,
  type CallOutput,
  type Handlers,
  type Session,
} from '../../contract/index.ts';
import { assert, err, ok, unixMs, type Result } from '../../units/index.ts';
import { appendRecord, businessDateOf } from '../ledger/index.ts';
import { askSecondPerson } from '../operators/index.ts';
import {
  faultForCall,
  keyEndsUnixMs,
  type DualApproval,
  type LoadedKey,
  type ModuleFault,
  type ModuleKey,
  type ModuleReport,
  type SecureModule,
} from '../secure-module/index.ts';
import type { DirectoryReader } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';

type ModuleCalls = Pick<
  Handlers,
  'modules.report' | 'modules.keyRequest' | 'modules.inspectKeys' | 'modules.loadKeys'
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

function keyView<Key extends Omit<ModuleKey, 'register'>>(key: Key): Key & { readonly endsUnixMs: number } {
  return { ...key, endsUnixMs: keyEndsUnixMs(key) };
}

function reportView(directory: DirectoryReader, report: ModuleReport): ReportView {
  const { driver, place, identity, fault, warnings, keys, clock, transactionsLeft } = report;
  return {
    driver,
    place,
    identity: identity && {
      moduleId: identity.moduleId,
      firmware: identity.firmware,
      level: identity.level,
      certified: identity.certified,
    },
    fault: fault && { code: fault.code, params: fault.params },
    warnings: warnings.map((warning) => ({ ...warning })),
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
  const { ledger, directory, modules } = deps;
  return {
    'modules.report': async () => {
      await modules.look();
      return ok({ modules: modules.reports().map((report) => reportView(directory, report)) });
    },
    'modules.keyRequest': async ({ moduleId }) => {
      const module = modules.moduleOf(moduleId);
      return asked(module.ok ? await module.value.exportKeyRequest() : module);
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
  };
}

type Loaded = { readonly keys: readonly LoadedKey[]; readonly approval: DualApproval };

async function load(
  deps: HandlerDeps,
  module: SecureModule,
  file: Uint8Array,
  session: Session,
  proof: { readonly name: string; readonly pin: string },
): Promise<Result<Loaded, CallFault>> {
  assert(session.operator, 'the door lets nobody through who is not signed in');
  const when = { nowUnixMs: deps.now(), zone: deps.settings.zone };
  const second = await askSecondPerson(deps.ledger, when, session.operator, proof, [
    'key-custodian',
    'supervisor',
    'administrator',
  ]);
  if (!second.ok) return second;
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
