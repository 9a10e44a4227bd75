import type { ReactNode } from 'react';
import type { MessageId } from '../../../i18n/index.ts';
import { CheckTokenScreen } from './CheckTokenScreen.tsx';
import { EngineeringScreen } from './EngineeringScreen.tsx';
import { PastSalesScreen } from './PastSalesScreen.tsx';
import { PayScreen } from './PayScreen.tsx';
import { RejectedScreen } from './RejectedScreen.tsx';
import type { Served } from './served.ts';
import { TestSheetScreen } from './TestSheetScreen.tsx';

/** A tool: a page, what it is called and what it is for. */
export type ToolPage = {
  readonly id: string;
  readonly title: MessageId;
  readonly about: MessageId;
  readonly Page: (props: { readonly onClose: () => void; readonly served: Served | null }) => ReactNode;
};

/** In the order in which they are offered, to everybody who sells: what is a supervisor's is let happen there. */
export const TOOLS: readonly ToolPage[] = [
  { id: 'past', title: 'past.title', about: 'past.about', Page: PastSalesScreen },
  { id: 'rejected', title: 'rejected.title', about: 'rejected.about', Page: RejectedScreen },
  { id: 'check', title: 'check.title', about: 'check.about', Page: CheckTokenScreen },
  { id: 'pay', title: 'pay.title', about: 'pay.about', Page: PayScreen },
  { id: 'engineering', title: 'engineering.title', about: 'engineering.about', Page: EngineeringScreen },
  { id: 'sheet', title: 'sheet.title', about: 'sheet.about', Page: TestSheetScreen },
];
