import type { ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './DeskScreen.module.css';
import type { DeskPage } from './pages.ts';
import { TileList } from './TileList.tsx';

/** The work behind the counter: a list of pages, by arrow keys and Enter, or the page that was chosen. */
export function DeskScreen(props: {
  readonly pages: readonly DeskPage[];
  readonly page: DeskPage | null;
  readonly onOpen: (page: DeskPage) => void;
  readonly onClose: () => void;
  readonly onCounter: () => void;
}): ReactNode {
  const { pages, page, onOpen, onClose, onCounter } = props;
  if (page) return <page.Page onClose={onClose} onCounter={onCounter} />;
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
      <TileList
        label={words('desk.title')}
        tiles={pages.map(({ id, title, about }) => ({ id, title: words(title), about: words(about) }))}
        onChoose={(id) => {
          const chosen = pages.find((page) => page.id === id);
          if (chosen) onOpen(chosen);
        }}
      />
      <Button kind="quiet" keyName={words('key.escape')} onPress={onClose}>
        {words('desk.back')}
      </Button>
    </main>
  );
}
