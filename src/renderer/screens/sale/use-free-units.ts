import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CallError, MeterPanel, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { ask, need } from '../../ipc/station.ts';
import type { Flow } from './flow.ts';

/** Free units that the meter in hand may have, and the one key that issues them. */
export type FreeUnitsControl = {
  /** What is known of the meter in hand, or null while there is none. */
  readonly panel: MeterPanel | null;
  /** Issues what is due first, or null while nothing is. */
  readonly issue: (() => void) | null;
  /** The price list's name for that; empty while nothing is due. */
  readonly name: string;
  readonly problem: CallError | null;
  /** Which were issued since the panel was asked for, by `freeUnitsKey`. */
  readonly issued: readonly string[];
};

type FreeUnitsOf = Pick<MeterPanel['freeUnits'][number], 'entitlement' | 'withSale'>;

/** Tells free units apart: two purchases may have brought some of the same entitlement. */
export const freeUnitsKey = ({ entitlement, withSale }: FreeUnitsOf): string =>
  `${entitlement} ${withSale ?? ''}`;

/** The meter in hand: before the purchase as it was found, after it with what the purchase brought. */
export function useMeterInHand({ step, panel, sale }: Flow): MeterPanel | null {
  const mayBring = step === 'done' && sale?.kind === 'credit' && (panel?.freeUnits.length ?? 0) > 0;
  const bought = mayBring ? sale : null;
  const after = useQuery({
    queryKey: ['meter.panel', bought?.saleId],
    queryFn: () => need('meter.panel', { pan: bought?.pan ?? '' }),
    enabled: bought !== null,
  });
  if (step === 'amount') return panel;
  return bought ? (after.data ?? null) : null;
}

type Issued = { readonly panel: MeterPanel; readonly keys: readonly string[] };

export function useFreeUnits(panel: MeterPanel | null, onIssued: (sale: SaleView) => void): FreeUnitsControl {
  const client = useQueryClient();
  const [done, setDone] = useState<Issued | null>(null);
  const [problem, setProblem] = useState<{ readonly panel: MeterPanel; readonly error: CallError } | null>(
    null,
  );
  /** The same request until it was answered, so that it is issued once. */
  const request = useRef<{ readonly of: string; readonly requestId: string } | null>(null);
  const issued = done && done.panel === panel ? done.keys : [];
  // A meter that nothing may be sold to is given nothing either.
  const listed = panel?.refusal === null ? panel.freeUnits : [];
  const due = listed.find((each) => each.unitsTenths > 0 && !issued.includes(freeUnitsKey(each)));
  const issue = async (): Promise<void> => {
    if (!panel || !due) return;
    const { pan } = panel;
    const { entitlement, withSale, unitsTenths: quotedUnitsTenths } = due;
    const of = `${pan} ${freeUnitsKey(due)} ${quotedUnitsTenths}`;
    if (request.current?.of !== of) request.current = { of, requestId: newRequestId() };
    const { requestId } = request.current;
    const reply = await ask('order.free', { requestId, pan, entitlement, withSale, quotedUnitsTenths });
    await client.invalidateQueries();
    setProblem(reply.ok ? null : { panel, error: reply.error });
    if (!reply.ok) return;
    request.current = null;
    setDone({ panel, keys: [...issued, freeUnitsKey(due)] });
    onIssued(reply.value);
  };
  return {
    panel,
    issue: due ? () => void issue() : null,
    name: due?.name ?? '',
    problem: problem?.panel === panel ? (problem?.error ?? null) : null,
    issued,
  };
}
