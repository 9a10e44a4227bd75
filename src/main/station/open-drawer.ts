import type { RecordedSale } from '../ledger/index.ts';
import type { HandlerDeps } from './handlers.ts';

/** Opens the drawer for the first of these sales that was paid in cash, after whoever waits for the token was told. */
export function openDrawerForCash(
  { printing, tell }: Pick<HandlerDeps, 'printing' | 'tell'>,
  made: readonly RecordedSale[],
  operatorId: string,
): void {
  const sale = made.find(({ tender }) => tender.some(({ account }) => account === 'cash-drawer'));
  if (!sale) return;
  setImmediate(() => {
    const kicked = printing.printer.kick(operatorId, `sale ${sale.receiptNumber}`);
    // A drawer that stays shut is seen by everybody; the slip's own attempt names the printer's trouble.
    void kicked?.catch(() => tell('status-changed'));
  });
}
