import { refuse, type CallFault, type Role, type SignedInOperator } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import type { Moment } from '../ledger/index.ts';
import type { LedgerTx, LedgerWriter } from '../store/index.ts';
import { writeOperatorRecord } from './operators.ts';
import { signIn, type When } from './sign-in.ts';

/** Somebody who proves who they are at another person's screen. */
export type Proof = { readonly name: string; readonly pin: string };

/**
 * The two-person rule: a second person, not the first, of one of these roles, proves who they are. Refuses
 * `second-person-same` and `second-person-role` beside what a sign-in refuses.
 */
export async function askSecondPerson(
  db: LedgerWriter,
  when: When,
  first: SignedInOperator,
  proof: Proof,
  roles: readonly Role[],
): Promise<Result<SignedInOperator, CallFault>> {
  const second = await signIn(db, proof.name, proof.pin, when);
  if (!second.ok) return second;
  if (second.value.operatorId === first.operatorId) return refuse('second-person-same');
  return roles.includes(second.value.role)
    ? second
    : refuse('second-person-role', { name: second.value.name });
}

/** A supervisor lets one action happen at somebody else's screen, and says why: kept before it happens. */
export function writeOverride(
  tx: LedgerTx,
  moment: Moment,
  override: { readonly call: string; readonly forOperatorId: string; readonly reason: string },
): Result<null, CallFault> {
  const { call, forOperatorId, reason } = override;
  writeOperatorRecord(tx, moment, {
    kind: 'override-granted',
    subjectId: forOperatorId,
    detail: { call, reason },
  });
  return ok(null);
}
