import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { openFromTerminal } from '../../src/cli/open.ts';
import type { PrinterOptions, Session } from '../../src/contract/index.ts';
import { DEADLINES, encodeLogo, examinePrinter, findPrinters } from '../../src/main/printing/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { PrinterSimulator, type PrinterEvent } from '../../src/simulators/printer/index.ts';
import { Interpreter } from '../../src/simulators/printer/index.ts';
import { Dots } from '../../src/simulators/printer/png.ts';

let home: string;
let printer: PrinterSimulator;
let events: PrinterEvent[];
let address: string;
let station: Station;
let session: Session;
const QUICK = { ...DEADLINES, connectMs: 500, replyMs: 200 };

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'kioskwatt-set-up-'));
  events = [];
  printer = new PrinterSimulator({
    columns: 42,
    level: 'process-id',
    lineMs: 0,
    onEvent: (event) => events.push(event),
  });
  address = `127.0.0.1:${await printer.listen(0)}`;
  const opened = await openFromTerminal({ data: path.join(home, 'data'), profile: 'training' });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = station.newSession();
  await station.handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, session);
});

afterEach(async () => {
  await station.close();
  await printer.close();
  rmSync(home, { recursive: true, force: true });
});

const requestId = (): string => station.newId();
/** كهرباء الهلال 0123 عند الباعة in the shapes of PC864, from left to right. */
const TEST_LINE =
  '\ufe93\ufecb\ufe8e\ufe91\ufedf\ufe8d \ufea9\ufee7\ufecb 0123 \ufedd\ufefc\ufeec\ufedf\ufe8d \ufe80\ufe8e\ufe91\ufead\ufeec\ufedb';
const OPTIONS: PrinterOptions = {
  columns: 42,
  codePage: 'PC858',
  arabicPage: 37,
  cut: 'full',
  cutFeedLines: 5,
  drawerPin: 5,
  logo: null,
};

describe('setting up a printer', () => {
  it('prints a test slip, keeps what the printer proved, and uses it from the next slip on', async () => {
    const { handlers } = station;
    const tested = await handlers['printer.test'](
      { requestId: requestId(), address, options: OPTIONS },
      session,
    );
    expect(tested).toEqual({ ok: true, value: { level: 'process-id' } });
    const saved = await handlers['printer.save'](
      { requestId: requestId(), address, options: OPTIONS },
      session,
    );
    expect(saved).toMatchObject({
      ok: true,
      value: { inUse: address, level: 'process-id', options: OPTIONS },
    });
    const settings = JSON.parse(readFileSync(path.join(home, 'data', 'station.json'), 'utf8')) as {
      printer: string;
      printers: Record<string, unknown>;
    };
    expect(settings.printer).toBe(address);
    expect(settings.printers).toEqual({ [address]: OPTIONS });
    const kept = await handlers['printer.options']({ address }, session);
    expect(kept).toEqual({ ok: true, value: { options: OPTIONS, level: 'process-id' } });
    const slips = events.flatMap((event) => (event.event === 'slip' ? [event.slip] : []));
    expect(slips).toHaveLength(1);
    expect(slips[0]).toMatchObject({ cut: 'full', errors: [] });
    // The same Arabic line painted and in the page's letters, for a person to compare.
    const [painted, letters] = slips[0]!.lines.filter(({ text }) => text.includes(' 0123 '));
    expect(painted?.images).toHaveLength(2);
    expect(letters?.images).toBeUndefined();
    expect(letters?.text).toBe(TEST_LINE);
  });

  it('opens the drawer at its pin, and says who and why', async () => {
    const { handlers } = station;
    const none = await handlers['printer.drawer']({ requestId: requestId(), reason: 'count' }, session);
    expect(none).toMatchObject({ ok: false, error: { code: 'drawer-none' } });
    await handlers['printer.save']({ requestId: requestId(), address, options: OPTIONS }, session);
    const once = { requestId: requestId(), reason: 'count of the float' };
    expect(await handlers['printer.drawer'](once, session)).toEqual({ ok: true, value: {} });
    expect(await handlers['printer.drawer'](once, session)).toEqual({ ok: true, value: {} });
    await expect.poll(() => events.filter(({ event }) => event === 'drawer')).toHaveLength(1);
    expect(events).toContainEqual({ event: 'drawer', pin: 5 });
    const rows = station.ledger
      .prepare(`SELECT detail, operator_id IS NOT NULL AS someone FROM printer_event WHERE kind = ?`)
      .all('drawer-opened');
    expect(rows).toEqual([{ detail: '{"reason":"count of the float"}', someone: 1 }]);
  });

  it('refuses what is no address', async () => {
    const save = station.handlers['printer.save'];
    for (const text of ['/etc/passwd', 'device:/etc/passwd', 'localhost', 'serial:/dev/ttyS0@1', 'cups:-x']) {
      const refused = await save({ requestId: requestId(), address: text, options: OPTIONS }, session);
      expect(refused).toMatchObject({ ok: false, error: { code: 'printer-address' } });
    }
  });

  it('says on the strip what the printer needs, and when it no longer does', async () => {
    await station.handlers['printer.test']({ requestId: requestId(), address, options: OPTIONS }, session);
    await station.handlers['printer.save']({ requestId: requestId(), address, options: OPTIONS }, session);
    printer.setPaper('near-end');
    station.printing.printer.note({
      online: true,
      paper: 'near-end',
      coverOpen: false,
      cutterJam: false,
      fault: false,
    });
    expect(station.printing.status().status).toBe('paper-near-end');
    printer.mend();
    await expect.poll(() => station.printing.status().status, { timeout: 20_000 }).toBe('ready');
  });
});

describe('the doctor', () => {
  const examine = async (of: string): Promise<readonly string[]> => {
    const patient = { address: of, level: undefined, waiting: 0, waitingForKey: 0 };
    return (await examinePrinter(patient, QUICK)).map(({ id }) => id);
  };

  it('finds a printer that is well', async () => {
    expect(await examine(address)).toEqual([
      'doctor.reached',
      'doctor.status.ready',
      'doctor.paper.enough',
      'doctor.test.never',
    ]);
  });

  it.each([
    ['paper', (): void => printer.setPaper('out'), 'doctor.status.paper-out'],
    ['a roll at its end', (): void => printer.setPaper('near-end'), 'doctor.paper.near-end'],
    ['the cover', (): void => printer.setCover(true), 'doctor.status.cover-open'],
  ])('names %s', async (_what, act, id) => {
    act();
    expect(await examine(address)).toContain(id);
  });

  it('names each way that can’t be gone', async () => {
    const file = path.join(home, 'plain');
    writeFileSync(file, '');
    await printer.close();
    expect(await examine(address)).toEqual(['doctor.reach.refused']);
    expect(await examine('printer')).toEqual(['doctor.address.wrong']);
    expect(await examine('device:/dev/usb/lp99')).toEqual(['doctor.reach.no-file']);
    expect(await examine('no-such-printer.invalid:9100')).toEqual([
      expect.stringMatching(/^doctor\.reach\.(?:no-name|no-answer|no-network)$/u),
    ]);
    const [queue] = await examine('cups:no-such-queue');
    expect(queue).toMatch(/^doctor\.cups\.(?:none|stopped|no-queue)$/u);
  });

  it('speaks plainly in the terminal, beside the open station', async () => {
    const said: string[] = [];
    const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
    const words = ['printer', 'doctor', '--data', path.join(home, 'data'), '--address', address];
    expect(await runStationCommand(words, io)).toBe(0);
    expect(said[0]).toBe(`ok The printer is reached at ${address}.`);
    printer.setCover(true);
    said.length = 0;
    expect(await runStationCommand(words, io)).toBe(1);
    expect(said).toContain('!! The cover is open. Close it.');
  });
});

describe('what is found', () => {
  it('are device files, serial ports by their plug and nothing else', async () => {
    for (const folder of ['dev/usb', 'dev/serial/by-path']) {
      mkdirSync(path.join(home, folder), { recursive: true });
    }
    const files = [
      'dev/usb/lp0',
      'dev/usb/hiddev0',
      'dev/ttyUSB1',
      'dev/tty1',
      'dev/sda',
      'dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0',
    ];
    for (const file of files) writeFileSync(path.join(home, file), '');
    const found = (await findPrinters(home)).filter(({ kind }) => kind !== 'cups');
    expect(found).toEqual([
      { kind: 'device', address: 'device:/dev/usb/lp0' },
      {
        kind: 'serial',
        address: 'serial:/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0@9600',
      },
      { kind: 'serial', address: 'serial:/dev/ttyUSB1@9600' },
    ]);
  });
});

describe('the picture above a receipt', () => {
  /** DLE EOT 1 and a drawer kick as rows of dots: harmless as a picture, obeyed as commands. */
  const HOSTILE = [0x10, 0x04, 0x01, 0x10, 0x14, 0x01, 0x00, 0x05];
  const picture = (width: number, height: number, row: readonly number[]): Uint8Array => {
    const dots = new Dots(width, height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) if (((row[x >> 3] ?? 0) << (x & 7)) & 0x80) dots.set(x, y);
    }
    return dots.toPng();
  };

  it('is one raster command that no printer obeys in its middle', async () => {
    const logo = await encodeLogo(picture(64, 10, HOSTILE), 32);
    if (!logo.ok) throw new Error(logo.error.code);
    const { bytes } = logo.value;
    const interpreter = new Interpreter(32);
    interpreter.push(bytes);
    expect(interpreter.next()).toMatchObject({ kind: 'raster', widthDots: 64, heightDots: 10 });
    const text = Buffer.from(bytes).toString('hex');
    for (const command of ['1004', '1005', '1014']) {
      for (let at = text.indexOf(command); at >= 0; at = text.indexOf(command, at + 1)) {
        expect(at % 2, command).toBe(1);
      }
    }
  });

  it('leaves a picture without such bytes as it is', async () => {
    const row = [0xff, 0x81, 0x3c, 0x00];
    const logo = await encodeLogo(picture(32, 3, row), 32);
    const body = logo.ok ? [...logo.value.bytes.subarray(8)] : [];
    expect(body.slice(0, 12)).toEqual([...row, ...row, ...row]);
  });

  it('is refused when it is too large for the paper, or no picture', async () => {
    expect(await encodeLogo(picture(392, 8, []), 32)).toMatchObject({
      ok: false,
      error: { code: 'logo-too-large', params: { mostWide: 384 } },
    });
    expect((await encodeLogo(picture(384, 8, []), 32)).ok).toBe(true);
    expect(await encodeLogo(picture(8, 401, []), 32)).toMatchObject({ error: { code: 'logo-too-large' } });
    expect(await encodeLogo(Buffer.from('GIF89a'), 32)).toMatchObject({ error: { code: 'logo-unreadable' } });
    const torn = picture(64, 64, HOSTILE).slice(0, 60);
    expect(await encodeLogo(torn, 32)).toMatchObject({ error: { code: 'logo-unreadable' } });
  });

  it('stands above the lines of every slip', async () => {
    const logo = await encodeLogo(picture(64, 10, [0xff]), 42);
    if (!logo.ok) throw new Error(logo.error.code);
    const options = { ...OPTIONS, logo: Buffer.from(logo.value.bytes).toString('base64') };
    const tested = await station.handlers['printer.test'](
      { requestId: requestId(), address, options },
      session,
    );
    expect(tested.ok).toBe(true);
    const slip = events.flatMap((event) => (event.event === 'slip' ? [event.slip] : []))[0];
    expect(slip?.errors).toEqual([]);
    expect(slip?.lines.length).toBeGreaterThan(5);
  });
});
