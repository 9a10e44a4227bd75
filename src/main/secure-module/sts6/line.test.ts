import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, type Result } from '../../../units/index.ts';
import type { ModuleFault } from '../faults.ts';
import type { ByteStream, Transport } from './byte-stream.ts';
import { Sts6Line } from './line.ts';

/** A line over devices that hang: nothing here ever comes of itself. */

const ANSWER_MS = 600;
const MINUTE_MS = 60_000;

type Opened = Result<ByteStream, ModuleFault>;

/** A stream that takes bytes and says nothing; `ends`: whether closing it ends the read that is under way. */
function silentStream(ends: boolean): ByteStream & { readonly closed: () => number } {
  let closed = 0;
  let end: (bytes: null) => void = () => undefined;
  return {
    closed: () => closed,
    read: () => new Promise((resolve) => (end = resolve)),
    write: () => Promise.resolve(),
    close: () => {
      closed += 1;
      if (ends) end(null);
      return ends ? Promise.resolve() : new Promise(() => undefined);
    },
  };
}

function lineOver(...opens: readonly (() => Promise<Opened>)[]) {
  let opened = 0;
  const transport: Transport = {
    place: 'here',
    open: () => opens[Math.min(opened++, opens.length - 1)]!(),
  };
  const line = new Sts6Line(transport, { timeoutMs: ANSWER_MS });
  const ask = async (): Promise<string> => {
    const answer = await line.exchange('DI', {});
    return answer.ok ? 'answered' : answer.error.code;
  };
  return { ask, opened: () => opened };
}

/** What comes of it within a minute. */
async function within(work: Promise<string>): Promise<string> {
  let outcome = 'still waiting';
  void work.then((said) => (outcome = said));
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  return outcome;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a device that hangs', () => {
  it('while it opens is missing, and closed should it open after all', async () => {
    const stream = silentStream(true);
    let open: (opened: Opened) => void = () => undefined;
    const { ask } = lineOver(() => new Promise((resolve) => (open = resolve)));
    expect(await within(ask())).toBe('module-missing');
    expect(stream.closed()).toBe(0);
    open(ok(stream));
    await vi.advanceTimersByTimeAsync(0);
    expect(stream.closed()).toBe(1);
  });

  it('and says nothing any more is closed, and opened anew for the next question', async () => {
    const first = silentStream(true);
    const second = silentStream(true);
    const { ask, opened } = lineOver(
      () => Promise.resolve(ok(first)),
      () => Promise.resolve(ok(second)),
    );
    expect(await within(ask())).toBe('module-missing');
    expect(first.closed()).toBeGreaterThan(0);
    expect(await within(ask())).toBe('module-missing');
    expect(opened()).toBe(2);
  });

  it('while it closes keeps nobody waiting, and is left behind', async () => {
    const { ask, opened } = lineOver(() => Promise.resolve(ok(silentStream(false))));
    expect(await within(ask())).toBe('module-missing');
    expect(await within(ask())).toBe('module-missing');
    expect(opened()).toBe(2);
  });
});
