import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { fingerprintText } from '../../batch/index.ts';
import {
  refuse,
  SHOWN_REFUSALS,
  type CallFault,
  type CallInput,
  type CallOutput,
  type Handlers,
  type Session,
  type StationSettings,
} from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { nextKey, refusedBatches, type ExchangeFault } from '../exchange/index.ts';
import {
  appendRecord,
  businessDateOf,
  chainHead,
  headOfficeWord,
  type OfficeLimits,
} from '../ledger/index.ts';
import { officeRoles } from '../operators/index.ts';
import { readStationPublicKey, type LedgerReader, type LedgerTx } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { momentOf, signedIn } from './shift-handlers.ts';

type OfficeCalls = Pick<
  Handlers,
  'office.view' | 'office.enrol' | 'office.place' | 'office.rotate' | 'office.visit'
>;
type OfficeView = CallOutput<'office.view'>;

/** Head office as an administrator sees it: enrolment, keys, and what was said. */
export function officeHandlers(deps: HandlerDeps): OfficeCalls {
  const changed = (done: Result<null, ExchangeFault>): Awaited<ReturnType<OfficeCalls['office.enrol']>> => {
    if (!done.ok) return refuse(done.error.code, done.error.params);
    deps.tell('status-changed');
    return ok(viewOf(deps));
  };
  return {
    'office.view': async () => ok(viewOf(deps)),
    // Each of these comes to the same when it is asked for twice.
    'office.enrol': async ({ code }, session) =>
      deps.training
        ? refuse('training-alone')
        : changed(deps.exchange.enrol(code, signedIn(session).operatorId)),
    'office.place': async (input, session) =>
      deps.training ? refuse('training-alone') : changePlace(deps, input, session),
    'office.rotate': async (_input, session) =>
      deps.training ? refuse('training-alone') : changed(deps.exchange.rotate(signedIn(session).operatorId)),
    'office.visit': async () => {
      if (deps.exchange.status().state === 'stand-alone')
        return refuse(deps.training ? 'training-alone' : 'stand-alone');
      void deps.exchange.visitNow(true);
      return ok({});
    },
  };
}

async function changePlace(
  deps: HandlerDeps,
  { requestId, folder }: CallInput<'office.place'>,
  session: Session,
): Promise<Result<OfficeView, CallFault>> {
  const { ledger, settings } = deps;
  const { operatorId } = signedIn(session);
  const before = ledger.prepare('SELECT 1 FROM request WHERE request_id = ?').get(requestId);
  // A share that is dead answers late or never: the till sells on meanwhile.
  const reason = before === undefined ? await whyNotUsable(settings, folder) : undefined;
  // The session may have locked itself meanwhile.
  const moment = { ...momentOf(deps, session), operatorId };
  const write = (tx: LedgerTx, kind: PlaceWord['kind'], detail: object): void =>
    void appendRecord(tx, {
      kind,
      atUnixMs: moment.nowUnixMs,
      businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
      operatorId,
      subjectId: null,
      detail: { to: folder, ...detail },
    });
  const changed = stored(ledger, requestId, 'office.place', (tx) => {
    if (reason !== undefined) return refuse('folder-exchange', { folder, reason });
    write(tx, 'office-place-changed', { from: placeOf(settings.headOffice) });
    return ok(null);
  });
  if (!changed.ok) return changed;
  // An older request that comes again does not undo a newer one, nor a server that was set meanwhile.
  const last = newestPlace(ledger);
  if (last?.folder !== folder || hasServer(settings)) return ok(viewOf(deps));
  const from = placeOf(settings.headOffice);
  const kept = deps.keepHeadOffice({ ...settings.headOffice, transport: { kind: 'folder', folder } });
  if (!kept.ok) {
    ledger.transaction((tx) => write(tx, 'office-place-not-kept', kept.error.params));
    return refuse(kept.error.code, kept.error.params, 'safe');
  }
  if (last.kind === 'office-place-not-kept')
    ledger.transaction((tx) => write(tx, 'office-place-changed', { from }));
  deps.exchange.placeChanged();
  deps.tell('status-changed');
  return ok(viewOf(deps));
}

/** What the journal says last of the place: that it was to be this one, or that the file did not take it. */
type PlaceWord = { readonly kind: 'office-place-changed' | 'office-place-not-kept'; readonly folder: string };

function newestPlace(ledger: LedgerReader): PlaceWord | undefined {
  return ledger
    .prepare(
      `SELECT kind, detail ->> '$.to' AS folder FROM record
       WHERE kind IN ('office-place-changed', 'office-place-not-kept') ORDER BY record_id DESC LIMIT 1`,
    )
    .get<PlaceWord>();
}

/** A server stands in the settings with its keys: a folder would throw them away. */
const hasServer = ({ headOffice }: StationSettings): boolean => headOffice?.transport.kind === 'sftp';

const IS_NOT_THERE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

/** Undefined for a folder that is there and takes files. */
async function whyNotUsable(
  settings: StationSettings,
  folder: string,
): Promise<'server' | 'relative' | 'missing' | 'read-only' | undefined> {
  if (hasServer(settings)) return 'server';
  if (!path.isAbsolute(folder)) return 'relative';
  try {
    if (!(await stat(folder)).isDirectory()) return 'missing';
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return IS_NOT_THERE.has(error instanceof Error && 'code' in error && error.code)
      ? 'missing'
      : 'read-only';
  }
}

function viewOf(deps: HandlerDeps): OfficeView {
  const { ledger, exchange, settings, dataFolder } = deps;
  const key = readStationPublicKey(dataFolder);
  const next = nextKey(dataFolder);
  const office = exchange.officeKey();
  const limits = headOfficeWord<OfficeLimits>(ledger, 'limits');
  return {
    status: exchange.status(),
    stationId: settings.stationId,
    // A key that is lost while the station runs has none, and the status says so.
    fingerprint: key.ok ? fingerprintText(key.value.publicKey) : '',
    nextFingerprint: next ? fingerprintText(next.publicKey) : null,
    officeFingerprint: office === null ? null : fingerprintText(office),
    epoch: chainHead(ledger)?.epoch ?? 1,
    place: deps.training ? null : placeOf(settings.headOffice),
    everyMinutes: exchange.everyMinutes(),
    lastPackage: lastPackage(deps),
    limits: {
      perSaleMinor: limits?.perSaleMinor ?? null,
      perMeterDayMinor: limits?.perMeterDayMinor ?? null,
      perOperatorDayMinor: limits?.perOperatorDayMinor ?? null,
      perOperatorShiftMinor: limits?.perOperatorShiftMinor ?? null,
    },
    refused: refusedBatches(ledger)
      .slice(0, SHOWN_REFUSALS)
      .map(({ epoch, number, code, reasons }) => ({
        batch: `${epoch}/${number}`,
        code,
        reasons: [...reasons],
      })),
    roles: [...officeRoles(ledger)],
  };
}

function placeOf(office: StationSettings['headOffice']): string | null {
  if (!office) return null;
  const { transport } = office;
  if (transport.kind === 'folder') return transport.folder;
  return `sftp://${transport.user}@${transport.host}:${transport.port}/${transport.folder.replace(/^\//u, '')}`;
}

function lastPackage({ ledger }: HandlerDeps): OfficeView['lastPackage'] {
  const row = ledger
    .prepare(
      'SELECT number, applied_unix_ms AS appliedUnixMs FROM head_office_package ORDER BY number DESC LIMIT 1',
    )
    .get<{ number: number; appliedUnixMs: number }>();
  return row ?? null;
}
