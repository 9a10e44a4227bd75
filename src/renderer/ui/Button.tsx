import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './Button.module.css';
import { Key } from './Key.tsx';

/** A button that says which key does the same. `main` is the next step: one on a screen. */
export function Button(props: {
  readonly children: ReactNode;
  /** Left out where what is around the button listens for it. */
  readonly onPress?: () => void;
  readonly keyName?: string;
  readonly kind?: 'main' | 'plain' | 'quiet' | 'stop';
  readonly isDisabled?: boolean;
  readonly type?: 'submit';
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Of a pad: a finger on it leaves the focus where it is, so that Enter still goes on. */
  readonly isPadKey?: boolean;
}): ReactNode {
  const { children, onPress, keyName, kind = 'plain', isDisabled = false, label, type } = props;
  const { autoFocus = false, isPadKey = false } = props;
  return (
    <AriaButton
      className={styles.button ?? ''}
      data-kind={kind}
      {...(onPress === undefined ? {} : { onPress })}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      preventFocusOnPress={isPadKey}
      {...(type === undefined ? {} : { type })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {keyName === undefined ? null : <Key name={keyName} />}
      <span>{children}</span>
    </AriaButton>
  );
}
