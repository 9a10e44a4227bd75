import { useLayoutEffect, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import type { DisplayView, EventName } from '../../../contract/index.ts';
import { groupToken, LANGUAGES, messagesOf } from '../../../i18n/index.ts';
import { TrainingBand } from '../../app/TrainingBand.tsx';
import { PlaceProvider, useFigures, useWords } from '../../app/words.ts';
import { useDisplay, useStationEvents } from '../../ipc/queries.ts';
import { QrCode } from '../paper/QrCode.tsx';
import styles from './DisplayScreen.module.css';

const EVENTS: readonly EventName[] = ['display-changed'];
/** Only money and units are shown here, never a time. */
const NO_ZONE = 'UTC';

/** What the customer sees, in the customer's language: what to pay, the change, the token. Nothing else. */
export function DisplayScreen(): ReactNode {
  useStationEvents(EVENTS);
  const view = useDisplay().data;
  const locale = view?.language ?? 'en';
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = LANGUAGES[locale].direction;
  }, [locale]);
  if (!view) return null;
  return (
    <IntlProvider locale={LANGUAGES[locale].tag} messages={messagesOf(locale)}>
      <PlaceProvider value={{ currency: view.currency, zone: NO_ZONE }}>
        {view.training ? <TrainingBand /> : null}
        <main className={styles.main} aria-live="polite">
          {view.tokens.length > 0 ? <Sold view={view} /> : <Due view={view} />}
        </main>
      </PlaceProvider>
    </IntlProvider>
  );
}

function Sum(props: { readonly what: string; readonly minor: number; readonly main?: boolean }): ReactNode {
  const figures = useFigures();
  return (
    <p className={props.main === true ? styles.hero : styles.sum}>
      <span>{props.what}</span>
      <strong>{figures.money(props.minor)}</strong>
    </p>
  );
}

function Due({ view }: { readonly view: DisplayView }): ReactNode {
  const words = useWords();
  const { dueMinor, receivedMinor, changeMinor } = view;
  if (dueMinor === null) return null;
  return (
    <>
      <Sum what={words('display.due')} minor={dueMinor} main />
      {receivedMinor === null ? null : <Sum what={words('display.received')} minor={receivedMinor} />}
      {changeMinor === null || changeMinor === 0 ? null : (
        <Sum what={words('display.change')} minor={changeMinor} />
      )}
    </>
  );
}

function Sold({ view }: { readonly view: DisplayView }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { changeMinor, tokens, qr } = view;
  return (
    <>
      {changeMinor === null || changeMinor === 0 ? null : (
        <Sum what={words('display.change')} minor={changeMinor} />
      )}
      <div className={styles.sold}>
        <ol className={styles.tokens}>
          {tokens.map(({ digits, position, of, unitsTenths, resource }) => (
            <li key={digits} data-token={digits}>
              <p className={styles.what}>
                {of > 1 ? words('display.token.of', { position, of }) : words('display.token')}
                {unitsTenths === null ? null : <span>{figures.units(unitsTenths, resource)}</span>}
              </p>
              <p className={styles.groups} dir="ltr">
                {groupToken(digits)
                  .split(' ')
                  .map((group, index) => (
                    <span key={index}>{group}</span>
                  ))}
              </p>
            </li>
          ))}
        </ol>
        {qr === null ? null : (
          <div className={styles.qr}>
            <QrCode caption={null} contents={qr} label={words('display.qr')} />
          </div>
        )}
      </div>
    </>
  );
}
