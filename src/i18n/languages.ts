/** The languages that there are catalogues for. */
export const LOCALES = ['en', 'fr', 'pt', 'sw', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

export type Language = {
  /** As its own speakers write it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** BCP 47, for dates and plurals: the day before the month, 24 hours, and the digits 0 to 9 always. */
  readonly tag: string;
  /** Whether native speakers have gone through the catalogue. Until then the choice of language says so. */
  readonly reviewed: boolean;
};

export const LANGUAGES: Readonly<Record<Locale, Language>> = {
  en: { name: 'English', direction: 'ltr', tag: 'en-GB', reviewed: true },
  fr: { name: 'Français', direction: 'ltr', tag: 'fr-FR', reviewed: false },
  pt: { name: 'Português', direction: 'ltr', tag: 'pt-PT', reviewed: false },
  sw: { name: 'Kiswahili', direction: 'ltr', tag: 'sw-KE', reviewed: false },
  ar: { name: 'العربية', direction: 'rtl', tag: 'ar-u-nu-latn', reviewed: false },
};

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
