import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogues, translator, type MessageId } from '../../src/i18n/index.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(SRC, file), 'utf8') }));

/** Codes of refusals as they stand in the sources. */
function refusals(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const { file, text } of sources) {
    for (const [, code = ''] of text.matchAll(/\b(?:refuse|moduleFault|limited)\(\s*'([a-z-]+)'/gu))
      codes.set(code, file);
  }
  return codes;
}

describe('the catalogues', () => {
  it('have two sentences for every refusal in the sources', () => {
    const codes = refusals();
    expect(codes.size).toBeGreaterThan(25);
    const missing = [...codes].flatMap(([code, file]) =>
      ['cashier', 'customer']
        .filter((who) => !Object.hasOwn(catalogues.en, `error.${code}.${who}`))
        .map((who) => `${file}: error.${code}.${who}`),
    );
    expect(missing).toEqual([]);
  });

  it('have a text for every message id in the sources', () => {
    const missing: string[] = [];
    for (const { file, text } of sources) {
      for (const [, id = ''] of text.matchAll(/\b(?:words|translate|t)\(\s*'([a-z][\w.-]+)'/gu)) {
        if (!Object.hasOwn(catalogues.en, id)) missing.push(`${file}: ${id}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it.each(Object.keys(catalogues))('in %s are well formed and calm', (locale) => {
    const translate = translator(locale as keyof typeof catalogues);
    const messages = catalogues[locale as keyof typeof catalogues];
    for (const [id, message] of Object.entries(messages)) {
      const names = [...message.matchAll(/\{(\w+)/gu)].map(([, name = '']) => [name, 1] as const);
      const text = translate(id as MessageId, Object.fromEntries(names));
      expect(text.trim(), id).toBe(text);
      expect(text, id).not.toBe('');
      expect(text, id).not.toMatch(/\{|\}|!|please wait/iu);
    }
  });
});
