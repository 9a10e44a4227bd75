import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type {
  CallError,
  CallReply,
  FindingView,
  PrinterLevelView,
  PrinterOptions,
  PrinterView,
} from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';

/** What the last thing done came to. */
export type CareOutcome =
  | { readonly kind: 'tested'; readonly level: PrinterLevelView }
  | { readonly kind: 'examined'; readonly findings: readonly FindingView[] }
  | { readonly kind: 'saved'; readonly address: string }
  | { readonly kind: 'kicked' | 'logo-set' }
  | { readonly kind: 'failed'; readonly error: CallError };

export type PrinterCare = {
  readonly inUse: string | null;
  /** The printer that is looked at; null before one is chosen. */
  readonly address: string | null;
  readonly options: PrinterOptions;
  readonly busy: boolean;
  readonly outcome: CareOutcome | null;
  readonly choose: (address: string) => void;
  readonly change: (options: Partial<PrinterOptions>) => void;
  readonly setLogo: (file: File) => void;
  readonly test: () => void;
  readonly examine: () => void;
  readonly save: () => void;
  readonly kick: () => void;
};

/** What a supervisor does with one printer: one thing at a time, each with an outcome that stays to be read. */
export function usePrinterCare(view: PrinterView): PrinterCare {
  const words = useWords();
  const client = useQueryClient();
  const [address, setAddress] = useState(view.inUse);
  const [options, setOptions] = useState(view.options);
  const [outcome, setOutcome] = useState<CareOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  // The answer of a printer that is no longer looked at is dropped.
  const chosen = useRef(address);
  useEffect(() => {
    chosen.current = address;
  }, [address]);

  const work = async (of: string | null, doing: (of: string) => Promise<CareOutcome>): Promise<void> => {
    if (of === null || busy) return;
    setBusy(true);
    setOutcome(null);
    const came = await doing(of);
    setBusy(false);
    if (chosen.current === of) setOutcome(came);
    await client.invalidateQueries({ queryKey: ['printer.view'] });
  };
  const choose = async (next: string): Promise<void> => {
    setAddress(next);
    setOutcome(null);
    const reply = await ask('printer.options', { address: next });
    if (reply.ok && chosen.current === next) setOptions(reply.value.options);
  };
  return {
    inUse: view.inUse,
    address,
    options,
    busy,
    outcome,
    choose: (next) => void choose(next),
    change: (some) => setOptions({ ...options, ...some }),
    setLogo: (file) =>
      void work(address, async () => {
        const reply = await ask('printer.logo', { png: await base64Of(file), columns: options.columns });
        if (reply.ok) setOptions({ ...options, logo: reply.value.logo });
        return outcomeOf(reply, () => ({ kind: 'logo-set' }));
      }),
    test: () => void work(address, (of) => test(of, options)),
    examine: () => void work(address, examine),
    save: () => void work(address, (of) => save(of, options)),
    kick: () => void work(address, () => kick(words('printer.kick.reason'))),
  };
}

function outcomeOf<Value>(reply: CallReply<Value>, good: (value: Value) => CareOutcome): CareOutcome {
  return reply.ok ? good(reply.value) : { kind: 'failed', error: reply.error };
}

async function test(address: string, options: PrinterOptions): Promise<CareOutcome> {
  const reply = await ask('printer.test', { requestId: newRequestId(), address, options });
  return outcomeOf(reply, ({ level }) => ({ kind: 'tested', level }));
}

async function examine(address: string): Promise<CareOutcome> {
  const reply = await ask('printer.doctor', { address });
  return outcomeOf(reply, ({ findings }) => ({ kind: 'examined', findings }));
}

async function save(address: string, options: PrinterOptions): Promise<CareOutcome> {
  const reply = await ask('printer.save', { requestId: newRequestId(), address, options });
  return outcomeOf(reply, () => ({ kind: 'saved', address }));
}

async function kick(reason: string): Promise<CareOutcome> {
  const reply = await ask('printer.drawer', { requestId: newRequestId(), reason });
  return outcomeOf(reply, () => ({ kind: 'kicked' }));
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
