import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { PAGE_HEADERS } from './content-security.ts';
import { pageFile } from './page-files.ts';

const SCHEME = 'app';
const HOST = 'kioskwatt';

export type PageName = 'counter' | 'paper' | 'meter' | 'display' | 'fault' | 'start';

export function pageAddress(page: PageName): string {
  return `${SCHEME}://${HOST}/${page}.html`;
}

/** Has to run before the application is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the built pages from one folder under our own scheme, each with the strict headers. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url, HOST, folder) : undefined;
    const body = file && (await readFile(file.path).catch(() => undefined));
    if (!file || !body) return new Response('', { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(body), {
      headers: { ...PAGE_HEADERS, 'content-type': file.contentType },
    });
  });
}
