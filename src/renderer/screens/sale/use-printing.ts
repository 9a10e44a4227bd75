import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PrintJobView, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePrintJob } from '../../ipc/queries.ts';
import { CallFailure, need } from '../../ipc/station.ts';

export type Printing = {
  readonly job: PrintJobView | null;
  /** What a person may ask for now: sending the slip, or a marked copy once it went out. */
  readonly offer: 'send' | 'copy' | null;
  readonly again: () => void;
  readonly failure: CallFailure['error'] | null;
};

/** The slip of a sale: how it stands, and printing it again by a person's key. */
export function usePrinting(sale: SaleView | null): Printing {
  const client = useQueryClient();
  const first = sale?.printJob ?? null;
  const copy = useMutation({
    mutationFn: (saleId: string) => need('print.copy', { requestId: newRequestId(), saleId }),
  });
  const shown = copy.data?.saleId === sale?.saleId && copy.data ? copy.data : first;
  const answer = usePrintJob(shown?.jobId);
  const send = useMutation({
    mutationFn: (jobId: string) => need('print.send', { requestId: newRequestId(), jobId }),
    onSettled: () => client.invalidateQueries({ queryKey: ['print.job'] }),
  });
  const job = answer.data ?? shown;
  const offer = job ? offerFor(job) : null;
  const failed = send.error ?? copy.error;
  return {
    job,
    offer,
    again: () => {
      if (send.isPending || copy.isPending || !job || !sale) return;
      if (offer === 'send') send.mutate(job.jobId);
      if (offer === 'copy') copy.mutate(sale.saleId);
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
  return job.state === 'sent' || job.state === 'printed' ? 'copy' : 'send';
}
