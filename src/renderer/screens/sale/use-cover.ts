import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { need } from '../../ipc/station.ts';

/** What lies over the sale without touching it. */
export type Cover =
  | { readonly kind: 'help' }
  | { readonly kind: 'tariffs' }
  | { readonly kind: 'review'; readonly sale: SaleView }
  | { readonly kind: 'why'; readonly sale: SaleView };

export type CoverControl = {
  readonly cover: Cover | null;
  readonly toggleHelp: () => void;
  readonly showLast: () => void;
  readonly showTariffs: () => void;
  readonly showWhy: (sale: SaleView) => void;
  /** Returns true when something was closed. */
  readonly close: () => boolean;
};

export function useCover(): CoverControl {
  const [cover, setCover] = useState<Cover | null>(null);
  const client = useQueryClient();
  const showLast = async (): Promise<void> => {
    const { sale } = await client.fetchQuery({
      queryKey: ['sale.last'],
      queryFn: () => need('sale.last', {}),
    });
    if (sale) setCover({ kind: 'review', sale });
  };
  return {
    cover,
    toggleHelp: () => setCover(cover?.kind === 'help' ? null : { kind: 'help' }),
    showLast: () => void showLast(),
    showTariffs: () => setCover({ kind: 'tariffs' }),
    showWhy: (sale) => setCover({ kind: 'why', sale }),
    close: () => {
      setCover(null);
      return cover !== null;
    },
  };
}
