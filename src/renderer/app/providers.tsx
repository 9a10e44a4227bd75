import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { IntlProvider } from 'react-intl';
import { catalogues } from '../../i18n/index.ts';
import { makeQueryClient } from '../ipc/queries.ts';
import { startLook } from './look.ts';
import '../ui/base.css';

/** English with dates as they are written where the product is sold: day before month, 24 hours. */
const LANGUAGE_TAG = 'en-GB';

function Providers({ children }: { readonly children: ReactNode }): ReactNode {
  const [client] = useState(makeQueryClient);
  return (
    <IntlProvider locale={LANGUAGE_TAG} messages={catalogues.en}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </IntlProvider>
  );
}

/** Shows one page's application in the page. */
export function showPage(page: ReactNode): void {
  startLook();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has a root');
  createRoot(root).render(
    <StrictMode>
      <Providers>{page}</Providers>
    </StrictMode>,
  );
}
