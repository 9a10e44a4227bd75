import { expect, test } from '@playwright/test';
import { openTill, signIn, temporaryFolder, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

test('the page has no Node and no more than the bridge', async () => {
  const seen = await till.counter.evaluate(() => ({
    process: typeof Reflect.get(globalThis, 'process'),
    require: typeof Reflect.get(globalThis, 'require'),
    module: typeof Reflect.get(globalThis, 'module'),
    buffer: typeof Reflect.get(globalThis, 'Buffer'),
    bridge: Object.keys(Reflect.get(globalThis, 'kioskwatt')),
  }));
  expect(seen).toEqual({
    process: 'undefined',
    require: 'undefined',
    module: 'undefined',
    buffer: 'undefined',
    bridge: ['call', 'on'],
  });
});

test('every page comes from our own scheme, with a strict policy in its header', async () => {
  for (const page of [till.counter, till.paper]) {
    expect(await page.evaluate('window.origin')).toBe('app://kioskwatt');
    const [response] = await Promise.all([
      page.waitForResponse((each) => each.url() === page.url()),
      page.reload(),
    ]);
    const policy = (await response.allHeaders())['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-');
    expect(policy).not.toContain('file:');
    expect(policy).not.toContain('data:');
  }
});

test('windows are sandboxed, isolated and without Node', async () => {
  const preferences = await till.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const found: unknown = Reflect.apply(
        Reflect.get(window.webContents, 'getLastWebPreferences'),
        window.webContents,
        [],
      );
      return JSON.parse(JSON.stringify(found)) as Record<string, unknown>;
    }),
  );
  expect(preferences.length).toBeGreaterThanOrEqual(2);
  for (const each of preferences) {
    expect(each).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  }
});

test('a page can’t leave, open windows, read files or ask for permissions', async () => {
  const { counter, app } = till;
  const before = counter.url();
  const windows = (): Promise<number> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const atFirst = await windows();
  const opened = await counter.evaluate("window.open('https://example.org/') === null");
  expect(opened).toBe(true);
  await counter.evaluate("window.location.href = 'https://example.org/'");
  const fetched = await counter.evaluate(async () => {
    const tries = ['file:///etc/passwd', 'https://example.org/', 'app://kioskwatt/../../package.json'];
    return Promise.all(
      tries.map((address) =>
        fetch(address).then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    );
  });
  expect(fetched).toEqual(['refused', 'refused', 'refused']);
  const permission = await counter.evaluate(
    "navigator.permissions.query({ name: 'geolocation' }).then((each) => each.state)",
  );
  expect(permission).toBe('denied');
  expect(counter.url()).toBe(before);
  expect(await windows()).toBe(atFirst);
});

test('the door refuses what a window may not ask', async () => {
  const { counter, paper } = till;
  const ask = (page: typeof counter, name: string, input: unknown): Promise<unknown> =>
    page.evaluate(
      ([call, value]) =>
        Reflect.get(globalThis, 'kioskwatt')
          .call(call, value)
          .then(
            (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code),
            () => 'no such call',
          ),
      [name, input] as const,
    );
  await counter.reload();
  expect(await ask(counter, 'sale.last', {})).toBe('not-signed-in');
  expect(await ask(counter, 'station.status', {})).toBe('ok');
  expect(await ask(counter, 'directory.search', { text: 7 })).toBe('request-invalid');
  expect(await ask(counter, 'directory.search', { text: 'x'.repeat(100_000) })).toBe('request-invalid');
  expect(await ask(counter, 'paper.latest', {})).toBe('not-allowed');
  expect(await ask(counter, 'ledger.delete', {})).toBe('no such call');
  expect(await ask(paper, 'station.status', {})).toBe('not-allowed');
  expect(await ask(paper, 'paper.latest', {})).toBe('ok');
  await signIn(counter);
  expect(await ask(counter, 'sale.last', {})).toBe('ok');
});
