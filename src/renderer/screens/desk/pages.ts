import type { ReactNode } from 'react';
import type { StationStatus } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { DecisionsScreen } from '../decisions/DecisionsScreen.tsx';
import { ConflictsScreen } from '../customers/ConflictsScreen.tsx';
import { CustomersScreen } from '../customers/CustomersScreen.tsx';
import { CustomersFileScreen } from '../customers/CustomersFileScreen.tsx';
import { ModulesScreen } from '../modules/ModulesScreen.tsx';
import { OfficeScreen } from '../office/OfficeScreen.tsx';
import { PrinterScreen } from '../printer/PrinterScreen.tsx';
import { BankingScreen } from '../day/BankingScreen.tsx';
import { DayScreen } from '../day/DayScreen.tsx';
import { DrawersScreen } from '../drawer/DrawersScreen.tsx';
import { DrawerScreen } from '../drawer/DrawerScreen.tsx';
import { CorrectionScreen } from '../people/CorrectionScreen.tsx';
import { PeopleScreen } from '../people/PeopleScreen.tsx';
import { ReportsScreen } from '../reports/ReportsScreen.tsx';
import { ZScreen } from '../reports/ZScreen.tsx';
import { TariffsScreen } from '../tariffs/TariffsScreen.tsx';

type Role = NonNullable<StationStatus['operator']>['role'];

/** What the desk behind the counter offers: a page, what it is called, and whose work it is. */
export type DeskPage = {
  readonly id: string;
  readonly title: MessageId;
  readonly about: MessageId;
  readonly roles: readonly Role[];
  /** `onClose` leads to the list of pages, `onCounter` back to selling. */
  readonly Page: (props: { readonly onClose: () => void; readonly onCounter: () => void }) => ReactNode;
};

/** In the order in which they are offered. */
export const DESK_PAGES: readonly DeskPage[] = [
  {
    id: 'drawer',
    title: 'drawer.title',
    about: 'drawer.about',
    roles: ['cashier', 'supervisor'],
    Page: DrawerScreen,
  },
  { id: 'day', title: 'day.title', about: 'day.about', roles: ['supervisor'], Page: DayScreen },
  {
    id: 'reports',
    title: 'reports.title',
    about: 'reports.about',
    roles: ['supervisor', 'auditor', 'administrator'],
    Page: ReportsScreen,
  },
  {
    id: 'zs',
    title: 'report.shifts',
    about: 'reports.zs.about',
    roles: ['supervisor', 'auditor', 'administrator'],
    Page: ZScreen,
  },
  {
    id: 'banking',
    title: 'report.banking',
    about: 'banking.about',
    roles: ['supervisor'],
    Page: BankingScreen,
  },
  {
    id: 'corrections',
    title: 'correction.title',
    about: 'correction.about',
    roles: ['supervisor'],
    Page: CorrectionScreen,
  },
  {
    id: 'people',
    title: 'people.title',
    about: 'people.about',
    roles: ['administrator'],
    Page: PeopleScreen,
  },
  {
    id: 'drawers',
    title: 'drawers.title',
    about: 'drawers.about',
    roles: ['administrator'],
    Page: DrawersScreen,
  },
  {
    id: 'decisions',
    title: 'decisions.title',
    about: 'decisions.about',
    roles: ['supervisor'],
    Page: DecisionsScreen,
  },
  {
    id: 'tariffs',
    title: 'tariffs.title',
    about: 'desk.tariffs.about',
    roles: ['supervisor', 'administrator'],
    Page: TariffsScreen,
  },
  {
    id: 'customers',
    title: 'customers.title',
    about: 'customers.about',
    roles: ['supervisor', 'administrator'],
    Page: CustomersScreen,
  },
  {
    id: 'differences',
    title: 'conflicts.title',
    about: 'conflicts.about',
    roles: ['supervisor', 'administrator'],
    Page: ConflictsScreen,
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
  {
    id: 'modules',
    title: 'modules.title',
    about: 'modules.about',
    roles: ['key-custodian', 'supervisor', 'auditor', 'administrator'],
    Page: ModulesScreen,
  },
  {
    id: 'head-office',
    title: 'headoffice.title',
    about: 'headoffice.about',
    roles: ['supervisor', 'auditor', 'administrator'],
    Page: OfficeScreen,
  },
];

/** What somebody with this role finds at the desk. */
export function pagesFor(role: Role | undefined): readonly DeskPage[] {
  return DESK_PAGES.filter(({ roles }) => role !== undefined && roles.includes(role));
}
