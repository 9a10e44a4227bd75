import { extname, join } from 'node:path';

/** What the pages are made of; a file of any other kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A plain relative path: names of letters, digits, `_`, `-` and inner dots, so no `..`, `%`, `\` or empty name. */
const PLAIN_PATH = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/u;

/** The file that an address of our scheme stands for; undefined for anything that is not plainly one of ours. */
export function pageFile(
  address: string,
  host: string,
  folder: string,
): { readonly path: string; readonly contentType: string } | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.host !== host || !PLAIN_PATH.test(url.pathname)) return undefined;
  const contentType = CONTENT_TYPES[extname(url.pathname)];
  return contentType === undefined ? undefined : { path: join(folder, url.pathname), contentType };
}
