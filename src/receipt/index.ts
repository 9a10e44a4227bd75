/** The receipt as a document, laid out for paper, screen and terminal. */
export * from './build.ts';
export { cleanText } from './clean.ts';
export * from './document.ts';
export * from './lay-out.ts';
export * from './paper.ts';
export * from './qr.ts';
export * from './slip.ts';
export { hasArabic, type ArabicAs, type PaperPart } from './visual.ts';
export { testSlip } from './test-slip.ts';
