import { fingerprintText } from '../../batch/index.ts';
import type { CallOutput, Handlers, StationSettings } from '../../contract/index.ts';
import { refuse, SHOWN_REFUSALS } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { nextKey, refusedBatches, type ExchangeFault } from '../exchange/index.ts';
import { chainHead, headOfficeWord, type OfficeLimits } from '../ledger/index.ts';
import { officeRoles } from '../operators/index.ts';
import { readStationPublicKey } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { signedIn } from './shift-handlers.ts';

type OfficeCalls = Pick<Handlers, 'office.view' | 'office.enrol' | 'office.rotate' | 'office.visit'>;
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
