import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallError, CallInput, CallName, CallOutput } from '../../../contract/index.ts';
import { ask } from '../../ipc/station.ts';

export type CallRunner = {
  readonly problem: CallError | null;
  readonly busy: boolean;
  /** The call that a supervisor may let happen here, after it was refused for the role. */
  readonly refused: CallName | null;
  readonly run: <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ) => Promise<CallOutput<Name> | null>;
  readonly clear: () => void;
};

/** Runs calls of one form: what went wrong stands beside it, and what is shown elsewhere is asked for again. */
export function useCall(): CallRunner {
  const client = useQueryClient();
  const [problem, setProblem] = useState<CallError | null>(null);
  const [refused, setRefused] = useState<CallName | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    problem,
    busy,
    refused,
    clear: () => {
      setProblem(null);
      setRefused(null);
    },
    run: async (name, input) => {
      setBusy(true);
      const reply = await ask(name, input);
      setBusy(false);
      setProblem(reply.ok ? null : reply.error);
      setRefused(!reply.ok && reply.error.code === 'not-allowed' ? name : null);
      if (!reply.ok) return null;
      await client.invalidateQueries();
      return reply.value;
    },
  };
}
