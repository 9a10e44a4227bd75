import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { EventName, StationStatus } from '../../contract/index.ts';
import { useOperatorNames, useStationEvents, useStatus } from '../ipc/queries.ts';
import { ask, CallFailure } from '../ipc/station.ts';
import { OfficeScreen } from '../screens/office/OfficeScreen.tsx';
import { SetUpScreen } from '../screens/people/SetUpScreen.tsx';
import { SaleScreen } from '../screens/sale/SaleScreen.tsx';
import { SignInScreen } from '../screens/sign-in/SignInScreen.tsx';
import { ProblemCard } from '../ui/ProblemCard.tsx';
import styles from './Counter.module.css';
import { setStationLanguage } from './language.ts';
import { StatusStrip } from './StatusStrip.tsx';
import { TrainingBand } from './TrainingBand.tsx';
import { placeOf, PlaceProvider, useWords } from './words.ts';

const EVENTS: readonly EventName[] = ['status-changed', 'print-changed'];

/** The cashier's window: the strip above, a screen below. */
export function Counter(): ReactNode {
  useStationEvents(EVENTS);
  const words = useWords();
  const answer = useStatus();
  // Asked together with the status: the first screen is there with the answers to both.
  useOperatorNames();
  if (answer.data) return <Station status={answer.data} answeredAtMs={answer.dataUpdatedAt} />;
  if (answer.error instanceof CallFailure) return <ProblemCard kind="stop" problem={answer.error.error} />;
  return <p className={styles.starting}>{words('strip.unknown')}</p>;
}

function Station(props: { readonly status: StationStatus; readonly answeredAtMs: number }): ReactNode {
  const { status, answeredAtMs } = props;
  const client = useQueryClient();
  const [place, setPlace] = useState(() => placeOf(status));
  const [firstRun, setFirstRun] = useState(false);
  const fresh = placeOf(status);
  usePresence(status.operator !== null);
  useEffect(() => setStationLanguage(status.language), [status.language]);
  // The same object as long as it says the same: everything with money is made anew when it changes.
  if (JSON.stringify(fresh) !== JSON.stringify(place)) setPlace(fresh);
  const lock = async (): Promise<void> => {
    await ask('operators.signOut', {});
    // What the last cashier saw is not the next one's.
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'station.status' });
    await client.invalidateQueries({ queryKey: ['station.status'] });
  };
  return (
    <PlaceProvider value={place}>
      <div className={styles.window}>
        {status.profile === 'training' ? <TrainingBand /> : null}
        <StatusStrip status={status} answeredAtMs={answeredAtMs} />
        {status.operator ? (
          firstRun && status.operator.role === 'administrator' ? (
            <OfficeScreen first onClose={() => setFirstRun(false)} />
          ) : (
            <SaleScreen status={status} onLock={() => void lock()} />
          )
        ) : (
          <Outside
            status={status}
            onSetUp={() => setFirstRun(status.headOffice.state === 'not-enrolled')}
            onSignedIn={() => void client.invalidateQueries({ queryKey: ['station.status'] })}
          />
        )}
      </div>
    </PlaceProvider>
  );
}

/** Nobody is signed in: the names, or the first start where there are none. */
function Outside(props: {
  readonly status: StationStatus;
  readonly onSetUp: () => void;
  readonly onSignedIn: () => void;
}): ReactNode {
  const { status, onSetUp, onSignedIn } = props;
  const names = useOperatorNames();
  const alone = status.profile !== 'training' && status.headOffice.state === 'stand-alone';
  return names.data?.empty ? (
    <SetUpScreen standsAlone={alone} onSetUp={onSetUp} />
  ) : (
    <SignInScreen onSignedIn={onSignedIn} />
  );
}

/** A key now and then says that somebody is there, so that the counter does not lock itself. */
const PRESENT_EVERY_MS = 10_000;

function usePresence(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return undefined;
    let saidMs = 0;
    const say = (): void => {
      if (Date.now() - saidMs < PRESENT_EVERY_MS) return;
      saidMs = Date.now();
      void ask('operators.present', {});
    };
    document.addEventListener('keydown', say, { capture: true });
    document.addEventListener('pointerdown', say, { capture: true });
    return () => {
      document.removeEventListener('keydown', say, { capture: true });
      document.removeEventListener('pointerdown', say, { capture: true });
    };
  }, [signedIn]);
}
