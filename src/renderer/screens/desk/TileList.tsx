import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import styles from './TileList.module.css';

export type Tile<Id extends string> = { readonly id: Id; readonly title: string; readonly about: string };

/** Ways on from here: by arrow keys and Enter, or by touch. */
export function TileList<Id extends string>(props: {
  readonly label: string;
  readonly tiles: readonly Tile<Id>[];
  readonly onChoose: (id: Id) => void;
}): ReactNode {
  const { label, tiles, onChoose } = props;
  return (
    <ListBox
      className={styles.list ?? ''}
      aria-label={label}
      autoFocus="first"
      shouldFocusWrap
      items={tiles}
      onAction={(key) => {
        const chosen = tiles.find(({ id }) => id === key);
        if (chosen) onChoose(chosen.id);
      }}
    >
      {({ id, title, about }) => (
        <ListBoxItem id={id} className={styles.item ?? ''} textValue={title}>
          <strong>{title}</strong>
          <span>{about}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
