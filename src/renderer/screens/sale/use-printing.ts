import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  COPY_REASONS,
  type CallInput,
  type CopyReason,
  type OpenSlip,
  type PrintJobView,
  type SaleView,
} from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePrintJob } from '../../ipc/queries.ts';
import { CallFailure, need } from '../../ipc/station.ts';

export type SlipAnswer = CallInput<'print.answer'>['said'];

export type Printing = {
  readonly job: PrintJobView | null;
  /** What a person may ask for now: sending the slip, or a marked copy once it went out. */
  readonly offer: 'send' | 'copy' | null;
  /** Sends the slip; where a copy is offered, asks why first. */
  readonly again: () => void;
  /** Why a copy may be wanted, while that is asked; the key of each prints it. */
  readonly reasons: readonly CopyReason[];
  readonly copyFor: (reason: CopyReason) => void;
  /** Leaves the question; false when it was not asked. */
  readonly leave: () => boolean;
  /** What a person may say about the slip now. */
  readonly answers: readonly SlipAnswer[];
  readonly answer: (said: SlipAnswer) => void;
  readonly failure: CallFailure['error'] | null;
};

/** The slip of a sale, or one that was left open: how it stands, and what a person's key does about it. */
export function usePrinting(sale: SaleView | null, left: OpenSlip | null): Printing {
  const client = useQueryClient();
  const first = sale ? sale.printJob : (left?.job ?? null);
  const saleId = first?.saleId ?? sale?.saleId ?? null;
  const old = (): Promise<void> =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'print.job' || queryKey[0] === 'print.open',
    });
  const copy = useMutation({
    mutationFn: (of: Omit<CallInput<'print.copy'>, 'requestId'>) =>
      need('print.copy', { requestId: newRequestId(), ...of }),
  });
  const [askedOf, setAskedOf] = useState<string | null>(null);
  const shown = saleId !== null && copy.data?.saleId === saleId ? copy.data : first;
  const current = usePrintJob(shown?.jobId);
  const send = useMutation({
    mutationFn: (jobId: string) => need('print.send', { requestId: newRequestId(), jobId }),
    onSettled: old,
  });
  const tell = useMutation({
    mutationFn: (input: Omit<CallInput<'print.answer'>, 'requestId'>) =>
      need('print.answer', { requestId: newRequestId(), ...input }),
    onSettled: old,
  });
  const job = current.data ?? shown;
  const offer = job ? offerFor(job) : null;
  const failed = send.error ?? copy.error ?? tell.error;
  const asks = offer === 'copy' && saleId !== null && askedOf === saleId;
  const busy = send.isPending || copy.isPending || tell.isPending;
  return {
    job,
    offer,
    again: () => {
      if (busy || !job) return;
      if (offer === 'send') send.mutate(job.jobId);
      if (offer === 'copy') setAskedOf(saleId);
    },
    reasons: asks ? COPY_REASONS : [],
    copyFor: (reason) => {
      if (busy || !asks) return;
      setAskedOf(null);
      copy.mutate({ saleId, reason });
    },
    leave: () => {
      setAskedOf(null);
      return asks;
    },
    answers: job ? answersFor(job) : [],
    answer: (said) => {
      if (!busy && job) tell.mutate({ jobId: job.jobId, said });
    },
    failure: failed instanceof CallFailure ? failed.error : null,
  };
}

/** True when the next step is to print: something is wrong with the printer and no paper can have come out. */
export function needsRetry(printing: Printing): boolean {
  return printing.offer === 'send' && printing.job?.problem !== null && printing.job?.state !== 'unknown';
}

function offerFor(job: PrintJobView): Printing['offer'] {
  if (job.state === 'sending') return null;
  // One that the printer holds back comes out when its want is met: a copy now would be one too many.
  if (job.state === 'sent' && job.problem) return null;
  return job.state === 'sent' || job.state === 'printed' ? 'copy' : 'send';
}

/** True when a person has said that the slip did not come out. */
export const isMissed = (job: PrintJobView): boolean => job.problem?.id === 'error.print-not-printed.cashier';

function answersFor(job: PrintJobView): readonly SlipAnswer[] {
  switch (job.state) {
    case 'sent':
      return ['not-printed'];
    case 'unknown':
      return isMissed(job) ? ['set-aside'] : ['not-printed', 'printed'];
    case 'failed-before-first-byte':
      return ['set-aside'];
    case 'queued':
    case 'sending':
    case 'printed':
      return [];
  }
}
