import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { METER_KEYS, type EventName, type MeterKey, type VirtualMeterView } from '../../../contract/index.ts';
import { unitsText } from '../../../i18n/index.ts';
import { unitsTenths } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, isolated, usePhrase, useWords } from '../../app/words.ts';
import { useStationEvents, useVirtualMeter } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import styles from './MeterScreen.module.css';

const EVENTS: readonly EventName[] = ['sale-recorded'];
const DIGITS: readonly MeterKey[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The meter on the customer's wall, for practice: the token from the slip is keyed in and the credit arrives. */
export function MeterScreen(): ReactNode {
  useStationEvents(EVENTS);
  const client = useQueryClient();
  const words = useWords();
  const meter = useVirtualMeter().data;
  useKeyboard(client);
  return (
    <main className={styles.wall}>
      <h1 className={styles.title}>{words('virtual.title')}</h1>
      {meter ? <Meter meter={meter} onKey={(key) => void press(client, key)} /> : null}
      <p className={styles.back}>
        <Key name="Esc" /> {words('virtual.leave')}
      </p>
    </main>
  );
}

function Meter(props: {
  readonly meter: VirtualMeterView;
  readonly onKey: (key: MeterKey) => void;
}): ReactNode {
  const { meter, onKey } = props;
  const words = useWords();
  return (
    <section className={styles.meter} aria-label={words('virtual.of', { name: meter.customerName })}>
      <p className={styles.owner}>
        {words('virtual.of', { name: meter.customerName })}{' '}
        <span className={styles.number}>{groupDigits(meter.meterNumber)}</span>
      </p>
      <Display meter={meter} />
      <fieldset className={styles.pad} aria-label={words('virtual.type')}>
        {DIGITS.map((digit) => (
          <Button key={digit} onPress={() => onKey(digit)}>
            {digit}
          </Button>
        ))}
        <Button kind="quiet" onPress={() => onKey('back')} label={words('virtual.back')}>
          ⌫
        </Button>
        <Button onPress={() => onKey('0')}>0</Button>
        <Button kind="main" onPress={() => onKey('enter')}>
          {words('virtual.enter')}
        </Button>
      </fieldset>
    </section>
  );
}

function Display({ meter }: { readonly meter: VirtualMeterView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  return (
    <div className={styles.display} data-mood={meter.mood}>
      <p className={styles.balance}>
        <span>{words('virtual.balance')}</span>
        <strong>{isolated(unitsText(unitsTenths(meter.balanceTenths), meter.resource))}</strong>
      </p>
      {meter.typed === '' ? null : <p className={styles.typed}>{groupDigits(meter.typed)}</p>}
      {meter.typed === '' && meter.mood === 'idle' ? <p>{words('virtual.type')}</p> : null}
      <output className={styles.answer} aria-live="assertive">
        {meter.display.map((line, index) => (
          <span key={index}>
            {index === 0 && meter.mood !== 'idle' ? (
              <b aria-hidden="true">{meter.mood === 'good' ? '✓ ' : '✗ '}</b>
            ) : null}
            {phrase(line)}
          </span>
        ))}
      </output>
    </div>
  );
}

async function press(client: QueryClient, key: MeterKey): Promise<void> {
  const reply = await ask('virtual-meter.press', { requestId: newRequestId(), key });
  if (reply.ok) client.setQueryData(['virtual-meter.show'], reply.value);
}

/** The computer's keys do what the meter's do; Escape goes back to the counter. */
function useKeyboard(client: QueryClient): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') void ask('window.show', { window: 'counter' });
      const key = event.key === 'Backspace' ? 'back' : event.key === 'Enter' ? 'enter' : event.key;
      const known = METER_KEYS.find((each) => each === key);
      const onButton = event.target instanceof HTMLElement && event.target.closest('button') !== null;
      if (!known || (known === 'enter' && onButton)) return;
      event.preventDefault();
      void press(client, known);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [client]);
}
