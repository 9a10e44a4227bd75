import type { ReactNode } from 'react';
import type { StationStatus } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { CustomersFileScreen } from '../customers/CustomersFileScreen.tsx';
import { PrinterScreen } from '../printer/PrinterScreen.tsx';
import { TariffsScreen } from '../tariffs/TariffsScreen.tsx';

type Role = NonNullable<StationStatus['operator']>['role'];

/** What the desk behind the counter offers: a page, what it is called, and whose work it is. */
export type DeskPage = {
  readonly id: string;
  readonly title: MessageId;
  readonly about: MessageId;
  readonly roles: readonly Role[];
  readonly Page: (props: { readonly onClose: () => void }) => ReactNode;
};

/** In the order in which they are offered. */
export const DESK_PAGES: readonly DeskPage[] = [
  {
    id: 'tariffs',
    title: 'tariffs.title',
    about: 'desk.tariffs.about',
    roles: ['supervisor', 'administrator'],
    Page: TariffsScreen,
  },
  {
    id: 'customers-file',
    title: 'customers.file.title',
    about: 'desk.customersFile.about',
    roles: ['supervisor', 'administrator'],
    Page: CustomersFileScreen,
  },
  {
    id: 'printer',
    title: 'printer.title',
    about: 'printer.about',
    roles: ['supervisor', 'administrator'],
    Page: PrinterScreen,
  },
];

/** What somebody with this role finds at the desk. */
export function pagesFor(role: Role | undefined): readonly DeskPage[] {
  return DESK_PAGES.filter(({ roles }) => role !== undefined && roles.includes(role));
}
