import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'react-intl';
import { LANGUAGES, messagesOf } from '../../i18n/index.ts';
import { makeQueryClient } from '../ipc/queries.ts';
import { language, startLanguage } from './language.ts';
import { startLookKeys } from './look-keys.ts';
import { startLook } from './look.ts';
import '../ui/base.css';

function Providers({ children }: { readonly children: ReactNode }): ReactNode {
  const [client] = useState(makeQueryClient);
  const locale = language.use();
  const { tag } = LANGUAGES[locale];
  return (
    <IntlProvider locale={tag} messages={messagesOf(locale)}>
      <I18nProvider locale={tag}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </I18nProvider>
    </IntlProvider>
  );
}

/** Shows one page's application in the page; `ownLanguage` where the page itself says what language it is in. */
export function showPage(page: ReactNode, { ownLanguage = false } = {}): void {
  startLook();
  if (!ownLanguage) startLanguage();
  startLookKeys();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has a root');
  createRoot(root).render(
    <StrictMode>
      <Providers>{page}</Providers>
    </StrictMode>,
  );
}
