import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './DeskScreen.module.css';
import type { DeskPage } from './pages.ts';

/** The work behind the counter: a list of pages, by arrow keys and Enter, or the page that was chosen. */
export function DeskScreen(props: {
  readonly pages: readonly DeskPage[];
  readonly page: DeskPage | null;
  readonly onOpen: (page: DeskPage) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { pages, page, onOpen, onClose } = props;
  if (page) return <page.Page onClose={onClose} />;
  return <Menu pages={pages} onOpen={onOpen} onClose={onClose} />;
}

function Menu(props: {
  readonly pages: readonly DeskPage[];
  readonly onOpen: (page: DeskPage) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { pages, onOpen, onClose } = props;
  const words = useWords();
  return (
    <main className={styles.main}>
      <h2 className={styles.title}>{words('desk.title')}</h2>
      <ListBox
        className={styles.list ?? ''}
        aria-label={words('desk.title')}
        autoFocus="first"
        shouldFocusWrap
        items={pages}
        onAction={(key) => {
          const chosen = pages.find(({ id }) => id === key);
          if (chosen) onOpen(chosen);
        }}
      >
        {({ id, title, about }) => (
          <ListBoxItem id={id} className={styles.item ?? ''} textValue={words(title)}>
            <strong>{words(title)}</strong>
            <span>{words(about)}</span>
          </ListBoxItem>
        )}
      </ListBox>
      <Button kind="quiet" keyName={words('key.escape')} onPress={onClose}>
        {words('desk.back')}
      </Button>
    </main>
  );
}
