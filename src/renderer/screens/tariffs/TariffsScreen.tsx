import { useState, type ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { TariffVersionView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { useTariffs } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { TariffImport } from './TariffImport.tsx';
import { TariffTrial } from './TariffTrial.tsx';
import { TariffWords } from './TariffWords.tsx';
import styles from './TariffsScreen.module.css';

const keyOf = ({ tariffId, version }: TariffVersionView): string => `${tariffId}/${version}`;

/** The prices at this station for a supervisor: read them, try an amount against them, read in a new list. */
export function TariffsScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const versions = useTariffs().data?.versions ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const shown = versions.find((version) => keyOf(version) === chosen) ?? versions[0];
  const kept = (version: TariffVersionView): void => setChosen(keyOf(version));
  return (
    <main className={styles.main}>
      <div className={styles.left}>
        <h2 className={styles.title}>{words('tariffs.title')}</h2>
        <ListBox
          className={styles.list ?? ''}
          aria-label={words('tariffs.title')}
          selectionMode="single"
          disallowEmptySelection
          autoFocus
          items={versions.map((version) => ({ id: keyOf(version), version }))}
          selectedKeys={shown && !importing ? [keyOf(shown)] : []}
          onSelectionChange={(keys) => {
            const [key] = [...keys];
            setChosen(typeof key === 'string' ? key : null);
            setImporting(false);
          }}
        >
          {({ id, version }) => (
            <ListBoxItem id={id} className={styles.item ?? ''} textValue={version.name}>
              <Version version={version} />
            </ListBoxItem>
          )}
        </ListBox>
        <Button onPress={() => setImporting(true)}>{words('tariffs.import')}</Button>
        <Button kind="quiet" keyName={words('key.escape')} onPress={onClose}>
          {words('tariffs.back')}
        </Button>
      </div>
      <div className={styles.right}>
        {importing ? <TariffImport onKept={kept} /> : null}
        {!importing && shown ? (
          <div key={keyOf(shown)} className={styles.shown}>
            <TariffWords tariff={shown} />
            <TariffTrial tariff={shown} />
          </div>
        ) : null}
      </div>
    </main>
  );
}

function Version({ version }: { readonly version: TariffVersionView }): ReactNode {
  const words = useWords();
  return (
    <>
      <strong>{version.name}</strong>
      <span>{words('tariffs.version', { version: version.version, from: version.effectiveFrom })}</span>
      <span className={styles.state} data-state={version.state}>
        {words(`tariffs.state.${version.state}`)} · {words('tariffs.meters', { meters: version.meters })}
      </span>
    </>
  );
}
