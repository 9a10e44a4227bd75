import { refuse, type CallFault } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { StorageError, type LedgerTx, type LedgerWriter } from '../store/index.ts';

class Refused extends Error {
  readonly fault: CallFault;

  constructor(fault: CallFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * Does what a request asks in one transaction and keeps the answer with it: the same request gets the same answer
 * again and does nothing twice. A refusal leaves nothing behind, not even what was written before it.
 */
export function stored<Value>(
  ledger: LedgerWriter,
  requestId: string,
  call: string,
  work: (tx: LedgerTx) => Result<Value, CallFault>,
): Result<Value, CallFault> {
  try {
    return ledger.transaction((tx) => {
      const known = tx
        .prepare('SELECT call, reply FROM request WHERE request_id = ?')
        .get<{ call: string; reply: string }>(requestId);
      if (known && known.call !== call) throw new Refused(refuse('request-invalid').error);
      if (known) return ok(JSON.parse(known.reply) as Value);
      const outcome = work(tx);
      if (!outcome.ok) throw new Refused(outcome.error);
      const reply = JSON.stringify(outcome.value ?? null);
      tx.prepare('INSERT INTO request VALUES (?, ?, ?)').run(requestId, call, reply);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.fault };
    if (error instanceof StorageError)
      return refuse('storage-failed', { reason: error.sqliteCode }, 'after-recovery');
    throw error;
  }
}
