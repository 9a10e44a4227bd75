import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { need } from '../../ipc/station.ts';
import type { DeskPage } from '../desk/pages.ts';
import type { ToolPage } from '../tools/pages.ts';

/** What lies over the sale without touching it. */
export type Cover =
  | { readonly kind: 'help' }
  | { readonly kind: 'desk'; readonly page: DeskPage | null }
  | { readonly kind: 'tools'; readonly page: ToolPage | null }
  /** A sale's token, with a title where it is not the last one's. */
  | { readonly kind: 'review'; readonly sale: SaleView; readonly title?: MessageId | undefined }
  | { readonly kind: 'why'; readonly sale: SaleView };

export type CoverControl = {
  readonly cover: Cover | null;
  readonly toggleHelp: () => void;
  readonly showLast: () => void;
  /** The desk's list of pages, or one of them. */
  readonly showDesk: (page: DeskPage | null) => void;
  /** The list of tools, or one of them. */
  readonly showTools: (page: ToolPage | null) => void;
  readonly showSale: (sale: SaleView, title?: MessageId) => void;
  readonly showWhy: (sale: SaleView) => void;
  /** One step back; returns true when something was closed. */
  readonly close: () => boolean;
  /** Back to the sale from wherever it is. */
  readonly leave: () => void;
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
    showDesk: (page) => setCover({ kind: 'desk', page }),
    showTools: (page) => setCover({ kind: 'tools', page }),
    showSale: (sale, title) => setCover({ kind: 'review', sale, title }),
    showWhy: (sale) => setCover({ kind: 'why', sale }),
    close: () => {
      // From a page the way back leads to the list first.
      const isPage = (cover?.kind === 'desk' || cover?.kind === 'tools') && cover.page !== null;
      setCover(isPage ? { ...cover, page: null } : null);
      return cover !== null;
    },
    leave: () => setCover(null),
  };
}
