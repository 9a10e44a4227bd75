import { useLayoutEffect, useState, type ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { CallError } from '../../../contract/index.ts';
import { LanguageChoice } from '../../app/LookChoices.tsx';
import { useWords } from '../../app/words.ts';
import { useOperatorNames } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { PinPad } from './PinPad.tsx';
import styles from './SignInScreen.module.css';

const NO_NAMES: readonly string[] = [];
const LONGEST_PIN = 64;

/** Who is at the counter: a name from the list and a PIN. */
export function SignInScreen({ onSignedIn }: { readonly onSignedIn: (name: string) => void }): ReactNode {
  const words = useWords();
  const answer = useOperatorNames();
  const names = answer.data?.names ?? NO_NAMES;
  const [chosen, setChosen] = useState<string | null>(null);
  const name = chosen ?? names[0] ?? null;
  const entry = usePinEntry(name, onSignedIn);
  if (!answer.isSuccess) return <main className={styles.main} />;
  if (name === null) {
    return <main className={styles.main}>{words('signin.none')}</main>;
  }
  return (
    <main className={styles.main}>
      <section className={styles.who}>
        <h1 className={styles.title}>{words('signin.title')}</h1>
        <NameList
          names={names}
          name={name}
          onChoose={(key) => {
            setChosen(key);
            entry.clear();
          }}
        />
        <p className={styles.hint}>{words('signin.pick')}</p>
        <LanguageChoice />
      </section>
      <section className={styles.pin}>
        <p className={styles.pinLabel}>{words('signin.pin', { name: name ?? '' })}</p>
        <PinDots count={entry.pin.length} />
        {entry.problem ? <ProblemCard problem={entry.problem} /> : null}
        <PinPad onDigit={entry.add} onErase={entry.erase} onClear={entry.clear} />
        <Button kind="main" keyName={words('key.enter')} onPress={entry.submit} isDisabled={entry.busy}>
          {words('signin.do')}
        </Button>
      </section>
    </main>
  );
}

function NameList(props: {
  readonly names: readonly string[];
  readonly name: string | null;
  readonly onChoose: (name: string) => void;
}): ReactNode {
  const { names, name, onChoose } = props;
  const words = useWords();
  return (
    <ListBox
      autoFocus={name === null ? 'first' : true}
      className={styles.names ?? ''}
      aria-label={words('signin.names')}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={name === null ? [] : [name]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (typeof key === 'string') onChoose(key);
      }}
    >
      {names.map((each) => (
        <ListBoxItem key={each} id={each} textValue={each} className={styles.name ?? ''}>
          {each}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function PinDots({ count }: { readonly count: number }): ReactNode {
  const words = useWords();
  return (
    <output className={styles.dots} aria-label={words('signin.pin.filled', { count })}>
      {Array.from({ length: Math.min(count, 16) }, (_, index) => (
        <span key={index} className={styles.dot} />
      ))}
    </output>
  );
}

type PinEntry = {
  readonly pin: string;
  readonly problem: CallError | null;
  readonly busy: boolean;
  readonly add: (digit: string) => void;
  readonly erase: () => void;
  readonly clear: () => void;
  readonly submit: () => void;
};

/** The PIN is never in a field of the page: digits are taken from the keys wherever the focus is. */
function usePinEntry(name: string | null, onSignedIn: (name: string) => void): PinEntry {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<CallError | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (next: (pin: string) => string): void => {
    setProblem(null);
    setPin(next);
  };
  const submit = async (): Promise<void> => {
    if (busy || name === null || pin === '') return;
    setBusy(true);
    const reply = await ask('operators.signIn', { name, pin });
    setBusy(false);
    setPin('');
    if (reply.ok) onSignedIn(reply.value.name);
    else setProblem(reply.error);
  };
  const entry: PinEntry = {
    pin,
    problem,
    busy,
    add: (digit) => change((old) => (old + digit).slice(0, LONGEST_PIN)),
    erase: () => change((old) => old.slice(0, -1)),
    clear: () => change(() => ''),
    submit: () => void submit(),
  };
  usePinKeys(entry);
  return entry;
}

function usePinKeys(entry: PinEntry): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!handleKey(event, entry)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  });
}

function handleKey(event: KeyboardEvent, entry: PinEntry): boolean {
  const { key } = event;
  if (/^\d$/u.test(key)) entry.add(key);
  else if (key === 'Backspace') entry.erase();
  else if (key === 'Escape') entry.clear();
  else if (key === 'Enter' && !(event.target instanceof HTMLElement && event.target.closest('button'))) {
    if (!event.repeat) entry.submit();
  } else return false;
  return true;
}
