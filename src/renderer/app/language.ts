import { isLocale, LANGUAGES, type Locale } from '../../i18n/index.ts';
import { storedChoice } from './stored-choice.ts';

/** The station's own language, as its settings last said; what is shown until somebody chooses. */
const ofStation = storedChoice<Locale>('kioskwatt.station-language', isLocale, () => 'en');

/** The language of the screens. */
export const language = storedChoice<Locale>('kioskwatt.language', isLocale, ofStation.get);

function apply(): void {
  const locale = language.get();
  document.documentElement.lang = locale;
  document.documentElement.dir = LANGUAGES[locale].direction;
}

/** Puts the language's name and direction on the page, before anything is shown in it. */
export function startLanguage(): void {
  language.follow(apply);
}

export function setStationLanguage(locale: Locale): void {
  if (ofStation.get() === locale) return;
  ofStation.set(locale);
  // Whoever chose keeps the choice; for the others the language has just changed.
  language.refresh();
}
