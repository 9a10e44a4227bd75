import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { PrinterView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { usePrinter } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Outcome } from './Outcome.tsx';
import { PrinterForm } from './PrinterForm.tsx';
import styles from './PrinterScreen.module.css';
import { usePrinterCare, type PrinterCare } from './use-printer-care.ts';

type Way = { readonly address: string; readonly kind: 'tcp' | 'device' | 'serial' | 'cups' };

/** The printer for a supervisor: where it is, how it is set up, and why nothing prints. */
export function PrinterScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const view = usePrinter().data;
  if (!view) return <main className={styles.main}>{words('printer.busy')}</main>;
  return <Screen view={view} onClose={onClose} />;
}

function Screen({ view, onClose }: { readonly view: PrinterView; readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const care = usePrinterCare(view);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  usePrinterKeys(care);
  return (
    <main className={styles.main}>
      <div className={styles.left}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {words('printer.title')}
        </h2>
        <Ways ways={waysOf(view)} care={care} />
        <NetworkAddress care={care} />
        <Button kind="quiet" keyName={words('key.escape')} onPress={onClose}>
          {words('printer.back')}
        </Button>
      </div>
      <div className={styles.right}>
        {care.address === null ? (
          <p className={styles.lead}>{words('printer.choose')}</p>
        ) : (
          <PrinterForm key={care.address} care={care} />
        )}
        <Outcome care={care} />
      </div>
    </main>
  );
}

/** The printer in use first, then what this computer has. */
function waysOf(view: PrinterView): readonly Way[] {
  const used: readonly Way[] =
    view.inUse === null || view.found.some(({ address }) => address === view.inUse)
      ? []
      : [{ address: view.inUse, kind: kindOf(view.inUse) }];
  return [...used, ...view.found];
}

function kindOf(address: string): Way['kind'] {
  const [, kind] = /^(device|serial|cups):/u.exec(address) ?? [];
  return kind === 'device' || kind === 'serial' || kind === 'cups' ? kind : 'tcp';
}

function Ways(props: { readonly ways: readonly Way[]; readonly care: PrinterCare }): ReactNode {
  const { ways, care } = props;
  const words = useWords();
  return (
    <fieldset className={styles.ways}>
      <legend className={styles.legend}>{words('printer.ways')}</legend>
      {ways.length === 0 ? <p className={styles.quiet}>{words('printer.none')}</p> : null}
      {ways.map(({ address, kind }) => (
        <label key={address} className={styles.way} data-chosen={address === care.address}>
          <input
            type="radio"
            name="way"
            checked={address === care.address}
            onChange={() => care.choose(address)}
          />
          <span className={styles.kind}>{words(`printer.kind.${kind}`)}</span>
          <bdi className={styles.digits} dir="ltr">
            {address.replace(/^(?:device|serial|cups):/u, '')}
          </bdi>
          {address === care.inUse ? <strong>{words('printer.in-use')}</strong> : null}
        </label>
      ))}
    </fieldset>
  );
}

function NetworkAddress({ care }: { readonly care: PrinterCare }): ReactNode {
  const words = useWords();
  const [text, setText] = useState('');
  return (
    <form
      className={styles.network}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') care.choose(text.trim());
      }}
    >
      <label className={styles.field}>
        <span>{words('printer.address')}</span>
        <input
          className={styles.text}
          type="text"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit">{words('printer.address.use')}</Button>
    </form>
  );
}

/** The screen's own function keys; they go before those of the sale behind it. */
function usePrinterKeys(care: PrinterCare): void {
  const latest = useRef(care);
  useEffect(() => {
    latest.current = care;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const run = KEYS[event.key];
      if (!run && !/^F\d+$/u.test(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) run?.(latest.current);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

const KEYS: Readonly<Record<string, (care: PrinterCare) => void>> = {
  F5: (care) => care.test(),
  F6: (care) => care.examine(),
  F7: (care) => care.kick(),
  F8: (care) => care.save(),
};
