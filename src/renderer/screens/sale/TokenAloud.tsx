import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { groupToken } from '../../../i18n/index.ts';
import { language } from '../../app/language.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './TokenAloud.module.css';

/** Slow enough to key along. */
const SPEECH_RATE = 0.7;

function onVoicesChanged(tell: () => void): () => void {
  window.speechSynthesis.addEventListener('voiceschanged', tell);
  return () => window.speechSynthesis.removeEventListener('voiceschanged', tell);
}

/** A voice of this computer for the language of the screens, without a network; undefined where there is none. */
function useVoice(): SpeechSynthesisVoice | undefined {
  const locale = language.use();
  useSyncExternalStore(onVoicesChanged, () => window.speechSynthesis.getVoices().length);
  return window.speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(locale));
}

/**
 * Reads a token aloud digit by digit. A computer without a voice says so on the button, and shows the digits group
 * by group as large as the screen allows.
 */
export function TokenAloud({ digits }: { readonly digits: string }): ReactNode {
  const words = useWords();
  const voice = useVoice();
  const [speaking, setSpeaking] = useState(false);
  const [large, setLarge] = useState(false);
  useEffect(() => () => window.speechSynthesis.cancel(), []);
  const speak = (): void => {
    const text = [...digits].map((digit, at) => (at % 4 === 3 ? `${digit}.` : `${digit},`)).join(' ');
    const said = new SpeechSynthesisUtterance(text);
    if (voice) said.voice = voice;
    said.rate = SPEECH_RATE;
    for (const ended of ['end', 'error'] as const) said.addEventListener(ended, () => setSpeaking(false));
    setSpeaking(true);
    window.speechSynthesis.speak(said);
  };
  const stop = (): void => {
    window.speechSynthesis.cancel();
    setSpeaking(false);
  };
  if (!voice)
    return (
      <>
        <Button onPress={() => setLarge(true)}>{words('token.speak.none')}</Button>
        {large ? <BigDigits digits={digits} onClose={() => setLarge(false)} /> : null}
      </>
    );
  return (
    <Button onPress={speaking ? stop : speak}>{words(speaking ? 'token.speak.stop' : 'token.speak')}</Button>
  );
}

/** One group of four digits at a time, to be read from across the counter. */
function BigDigits(props: { readonly digits: string; readonly onClose: () => void }): ReactNode {
  const { digits, onClose } = props;
  const words = useWords();
  const groups = groupToken(digits).split(' ');
  const [at, setAt] = useState(0);
  const last = at === groups.length - 1;
  return (
    <ModalOverlay isOpen onOpenChange={onClose} className={styles.overlay ?? ''}>
      <Modal className={styles.overlay ?? ''}>
        <Dialog className={styles.big ?? ''} aria-label={words('token.big')}>
          <p className={styles.place}>{words('token.big.place', { position: at + 1, of: groups.length })}</p>
          <p className={styles.group} aria-live="polite" dir="ltr">
            {groups[at]}
          </p>
          <div className={styles.row}>
            <Button keyName={words('key.escape')} onPress={onClose}>
              {words('token.big.close')}
            </Button>
            <Button
              kind="main"
              keyName={words('key.enter')}
              autoFocus
              onPress={() => (last ? onClose() : setAt(at + 1))}
            >
              {words(last ? 'token.big.close' : 'token.big.next')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
