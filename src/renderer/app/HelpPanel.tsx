import { useEffect, useRef, type ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import styles from './HelpPanel.module.css';
import { isLook, LOOKS, setLook, useLook } from './look.ts';
import { useWords } from './words.ts';

/** What the keys do, and how the screen looks. */
export function HelpPanel({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
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
      <LookChoice />
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

function LookChoice(): ReactNode {
  const words = useWords();
  const look = useLook();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  return (
    <RadioGroup
      ref={group}
      className={styles.looks ?? ''}
      value={look}
      orientation="horizontal"
      onChange={(value) => {
        if (isLook(value)) setLook(value);
      }}
    >
      <Label className={styles.looksLabel ?? ''}>{words('help.look')}</Label>
      {LOOKS.map((name) => (
        <Radio key={name} value={name} className={styles.look ?? ''}>
          <span className={styles.dot} aria-hidden="true" />
          {words(`look.${name}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}
