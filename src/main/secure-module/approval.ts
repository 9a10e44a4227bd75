import { err, ok, type Result, type UnixMs } from '../../units/index.ts';
import { moduleFault, type ModuleFault } from './faults.ts';
import type { DualApproval } from './port.ts';

/** The second person signs in for the change itself: what is older than this was for something else. */
const APPROVAL_LASTS_MS = 120_000;

/** Two different people, the second of them just now. */
export function checkApproval(approval: DualApproval, now: UnixMs): Result<null, ModuleFault> {
  const { firstOperatorId, secondOperatorId, secondSignedUnixMs } = approval;
  const named = firstOperatorId !== '' && secondOperatorId !== '';
  const fresh = now >= secondSignedUnixMs && now - secondSignedUnixMs <= APPROVAL_LASTS_MS;
  const approved = named && firstOperatorId !== secondOperatorId && fresh;
  return approved ? ok(null) : err(moduleFault('module-approval'));
}
