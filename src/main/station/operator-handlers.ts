import {
  calls,
  refuse,
  type CallDefinition,
  type CallFault,
  type Handlers,
  type Session,
} from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import {
  addOperator,
  askSecondPerson,
  changeOperator,
  changePin,
  listOperatorNames,
  listOperators,
  lockedSecondsLeft,
  operatorById,
  signIn,
  writeOverride,
  type NewOperator,
  type OperatorFault,
} from '../operators/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { momentOf, signedIn } from './shift-handlers.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

/** How long an override waits to be used. */
const OVERRIDE_MS = 120_000;

/** A fault of the operators' room as the call's own. */
function callFault(fault: OperatorFault): { readonly ok: false; readonly error: CallFault } {
  const { code, ...params } = fault;
  return err({ code, params, retry: 'no' });
}

export function operatorHandlers(deps: HandlerDeps): Part<'operators'> {
  const { ledger } = deps;
  const when = (): { nowUnixMs: number; zone: string } => ({
    nowUnixMs: deps.now(),
    zone: deps.settings.zone,
  });
  return {
    ...peopleHandlers(deps),
    'operators.names': async () =>
      ok({ names: listOperatorNames(ledger), empty: listOperators(ledger).length === 0 }),
    'operators.signIn': async ({ name, pin }, session) => {
      const operator = await signIn(ledger, name, pin, when());
      if (!operator.ok) return operator;
      session.operator = operator.value;
      session.activeUnixMs = deps.now();
      delete session.override;
      return ok({ name: operator.value.name });
    },
    'operators.signOut': async (_input, session) => {
      session.operator = null;
      delete session.override;
      return ok({});
    },
    'operators.present': async () => ok({}),
    'operators.override': async ({ requestId, name, pin, call, reason }, session) => {
      const cashier = signedIn(session);
      const wanted = Object.entries<CallDefinition>(calls).find(([each]) => each === call)?.[1];
      if (!wanted?.override || wanted.roles === 'anyone') return refuse('override-impossible');
      const by = await askSecondPerson(ledger, when(), cashier, { name, pin }, wanted.roles);
      if (!by.ok) return by;
      const moment = { ...when(), operatorId: by.value.operatorId };
      const granted = stored(ledger, requestId, 'operators.override', (tx) =>
        writeOverride(tx, moment, { call, forOperatorId: cashier.operatorId, reason }),
      );
      if (!granted.ok) return granted;
      session.override = { call, by: by.value, untilUnixMs: deps.now() + OVERRIDE_MS };
      return ok({ name: by.value.name });
    },
    'operators.changePin': async ({ pin, newPin }, session) => {
      const self = signedIn(session);
      const known = await signIn(ledger, self.name, pin, when());
      if (!known.ok) return known;
      const done = await changePin(ledger, momentOf(deps, session), self.operatorId, newPin);
      return done.ok ? ok({}) : callFault(done.error);
    },
  };
}

function peopleHandlers(
  deps: HandlerDeps,
): Pick<
  Handlers,
  'operators.setUp' | 'operators.list' | 'operators.add' | 'operators.change' | 'operators.resetPin'
> {
  const { ledger } = deps;
  const add = async (operator: NewOperator, session: Session): Promise<Result<string, CallFault>> => {
    const added = await addOperator(ledger, operator, momentOf(deps, session));
    if (!added.ok) return callFault(added.error);
    deps.tell('status-changed');
    return added;
  };
  return {
    'operators.setUp': async ({ name, pin }, session) => {
      if (listOperators(ledger).length > 0) return refuse('set-up-done');
      const added = await add({ name, pin, role: 'administrator' }, session);
      if (!added.ok) return added;
      session.operator = { operatorId: added.value, name, role: 'administrator' };
      return ok({ name });
    },
    'operators.list': async () =>
      ok({
        operators: listOperators(ledger).map((operator) => ({
          ...operator,
          lockedSeconds: lockedSecondsLeft(ledger, operator.operatorId, deps.now()),
        })),
      }),
    'operators.add': async ({ name, pin, role }, session) => {
      const added = await add({ name, pin, role }, session);
      return added.ok ? ok({}) : added;
    },
    'operators.change': async ({ requestId, operatorId, role, active }, session) => {
      const { operatorId: by } = signedIn(session);
      const change = (): Result<unknown, CallFault> =>
        stored(ledger, requestId, 'operators.change', (tx) => {
          // The package that was waited for may have said otherwise of whoever asked.
          const asker = operatorById(tx, by);
          if (!asker?.active || asker.role !== 'administrator') return refuse('not-allowed');
          const moment = { ...momentOf(deps, session), operatorId: by };
          const changed = changeOperator(tx, moment, operatorId, { role, active });
          return changed.ok ? changed : callFault(changed.error);
        });
      const done = await deps.exchange.betweenPackages(change);
      deps.tell('status-changed');
      // Whoever changed their own role signs in again with it.
      if (done.ok && operatorId === session.operator?.operatorId) session.operator = null;
      return done.ok ? ok({}) : done;
    },
    'operators.resetPin': async ({ operatorId, newPin }, session) => {
      const done = await changePin(ledger, momentOf(deps, session), operatorId, newPin);
      return done.ok ? ok({}) : callFault(done.error);
    },
  };
}
