import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import styles from './HelpPanel.module.css';
import { LanguageChoice, LookChoice, TextSizeChoice } from './LookChoices.tsx';
import { useWords } from './words.ts';

/** What the keys do, and how the screen looks. */
export function HelpPanel({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const choices = useRef<HTMLDivElement>(null);
  useEffect(() => choices.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  return (
    <section className={styles.help} aria-label={words('help.title')}>
      <h2 className={styles.title}>{words('help.title')}</h2>
      <dl className={styles.keys}>
        <KeyHelp keyName={words('key.enter')} text={words('help.enter')} />
        <KeyHelp keyName={words('key.escape')} text={words('help.escape')} />
        <KeyHelp keyName={words('help.letters')} text={words('help.typing')} />
        <KeyHelp keyName={words('help.arrows')} text={words('help.arrows.do')} />
        <KeyHelp keyName={words('help.tab')} text={words('help.tab.do')} />
      </dl>
      <div ref={choices} className={styles.choices}>
        <LookChoice />
        <LanguageChoice />
        <TextSizeChoice />
      </div>
      <div className={styles.rest} />
      <Button kind="main" keyName={words('key.escape')} onPress={onClose}>
        {words('help.close')}
      </Button>
    </section>
  );
}

function KeyHelp({ keyName, text }: { readonly keyName: string; readonly text: string }): ReactNode {
  return (
    <>
      <dt>
        <Key name={keyName} />
      </dt>
      <dd>{text}</dd>
    </>
  );
}
