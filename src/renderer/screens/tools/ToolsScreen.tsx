import type { ReactNode } from 'react';
import type { StationStatus } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../desk/DeskScreen.module.css';
import { TileList } from '../desk/TileList.tsx';
import { ask } from '../../ipc/station.ts';
import type { CoverControl } from '../sale/use-cover.ts';
import { TOOLS, type ToolPage } from './pages.ts';
import type { Served } from './served.ts';

const PRACTICE_METER = 'practice-meter';

/** What is done for a customer beside selling: the list of tools, or the one that was chosen. */
export function ToolsScreen(props: {
  readonly status: StationStatus;
  readonly covers: Pick<CoverControl, 'showTools' | 'close'>;
  readonly page: ToolPage | null;
  readonly served: Served | null;
}): ReactNode {
  const { status, covers, page, served } = props;
  const words = useWords();
  const close = (): void => void covers.close();
  if (page) return <page.Page onClose={close} served={served} />;
  const tools = TOOLS.map(({ id, title, about }) => ({ id, title: words(title), about: words(about) }));
  // In training there is a meter on the wall, in its own window.
  const meter = { id: PRACTICE_METER, title: words('tools.meter.title'), about: words('tools.meter.about') };
  const choose = (id: string): void => {
    const chosen = TOOLS.find((tool) => tool.id === id);
    if (chosen) covers.showTools(chosen);
    else void ask('window.show', { window: 'virtual-meter' });
  };
  return (
    <main className={styles.main}>
      <h2 className={styles.title}>{words('tools.title')}</h2>
      <TileList
        label={words('tools.title')}
        tiles={status.profile === 'training' ? [...tools, meter] : tools}
        onChoose={choose}
      />
      <Button kind="quiet" keyName={words('key.escape')} onPress={close}>
        {words('desk.back')}
      </Button>
    </main>
  );
}
