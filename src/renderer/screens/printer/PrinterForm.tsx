import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { MessageId } from '../../../i18n/index.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './PrinterScreen.module.css';
import type { PrinterCare } from './use-printer-care.ts';

const COLUMNS = [32, 42, 48] as const;
const PAGES = ['WPC1252', 'PC858'] as const;
/** PC864 as Epson numbers it. */
const USUAL_ARABIC_PAGE = 37;
const ARABIC = ['painted', 'letters'] as const;
const CUTS = ['partial', 'full', 'none'] as const;
const PINS = [null, 2, 5] as const;
const MOST_FEED_LINES = 20;

/** How slips are made for the chosen printer, and what can be done with it. */
export function PrinterForm({ care }: { readonly care: PrinterCare }): ReactNode {
  const { options, change } = care;
  return (
    <section className={styles.form} aria-label={care.address ?? ''}>
      <h3 className={styles.address}>
        <bdi dir="ltr">{care.address}</bdi>
      </h3>
      <div className={styles.fields}>
        <Choice
          label="printer.columns"
          values={COLUMNS}
          value={options.columns}
          word={(columns) => `printer.columns.${columns}`}
          onChange={(columns) => change({ columns, logo: null })}
        />
        <Choice
          label="printer.page"
          values={PAGES}
          value={options.codePage}
          word={(page) => `printer.page.${page}`}
          onChange={(codePage) => change({ codePage })}
        />
        <ArabicWords care={care} />
        <Choice
          label="printer.cut"
          values={CUTS}
          value={options.cut}
          word={(cut) => `printer.cut.${cut}`}
          onChange={(cut) => change({ cut })}
        />
        <NumberField
          label="printer.feed"
          most={MOST_FEED_LINES}
          value={options.cutFeedLines}
          onChange={(cutFeedLines) => change({ cutFeedLines })}
        />
        <Choice
          label="printer.drawer"
          values={PINS}
          value={options.drawerPin}
          word={(pin) => `printer.drawer.${pin ?? 'none'}`}
          onChange={(drawerPin) => change({ drawerPin })}
        />
        <Logo care={care} />
      </div>
      <Actions care={care} />
    </section>
  );
}

/** What can be done with the printer as it is set here. */
function Actions({ care }: { readonly care: PrinterCare }): ReactNode {
  const words = useWords();
  const { busy } = care;
  return (
    <div className={styles.actions}>
      <Button keyName="F5" isDisabled={busy} onPress={care.test}>
        {words('printer.test')}
      </Button>
      <Button keyName="F6" isDisabled={busy} onPress={care.examine}>
        {words('printer.doctor')}
      </Button>
      <Button keyName="F7" isDisabled={busy} onPress={care.kick}>
        {words('printer.kick')}
      </Button>
      <Button kind="main" keyName="F8" isDisabled={busy} onPress={care.save}>
        {words('printer.save')}
      </Button>
    </div>
  );
}

/** Arabic words as pictures in the line, or as letters of the printer's own page. */
function ArabicWords({ care }: { readonly care: PrinterCare }): ReactNode {
  const { options, change } = care;
  return (
    <>
      <Choice
        label="printer.arabic"
        values={ARABIC}
        value={options.arabicPage === null ? 'painted' : 'letters'}
        word={(how) => `printer.arabic.${how}`}
        onChange={(how) => change({ arabicPage: how === 'letters' ? USUAL_ARABIC_PAGE : null })}
      />
      {options.arabicPage === null ? null : (
        <NumberField
          label="printer.arabic.number"
          most={255}
          value={options.arabicPage}
          onChange={(arabicPage) => change({ arabicPage })}
        />
      )}
    </>
  );
}

function Choice<Value extends string | number | null>(props: {
  readonly label: MessageId;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly word: (value: Value) => MessageId;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const { label, values, value, word, onChange } = props;
  const words = useWords();
  return (
    <label className={styles.field}>
      <span>{words(label)}</span>
      <select
        className={styles.text}
        value={values.indexOf(value)}
        onChange={(event) => {
          const next = values[Number(event.target.value)];
          if (next !== undefined) onChange(next);
        }}
      >
        {values.map((each, index) => (
          <option key={index} value={index}>
            {words(word(each))}
          </option>
        ))}
      </select>
    </label>
  );
}

function NumberField(props: {
  readonly label: MessageId;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  const { label, most, value, onChange } = props;
  const words = useWords();
  return (
    <label className={styles.field}>
      <span>{words(label)}</span>
      <input
        className={styles.text}
        type="number"
        min={0}
        max={most}
        value={value}
        onChange={(event) => {
          const next = Math.trunc(Number(event.target.value));
          if (next >= 0 && next <= most) onChange(next);
        }}
      />
    </label>
  );
}

function Logo({ care }: { readonly care: PrinterCare }): ReactNode {
  const words = useWords();
  const { options, change, setLogo } = care;
  return (
    <div className={styles.field}>
      <span>{words('printer.logo')}</span>
      <div className={styles.logo}>
        <span className={styles.quiet}>
          {words(options.logo === null ? 'printer.logo.none' : 'printer.logo.kept')}
        </span>
        <FileTrigger
          acceptedFileTypes={['.png', 'image/png']}
          onSelect={(files) => {
            const [file] = files ?? [];
            if (file) setLogo(file);
          }}
        >
          <Button>{words('printer.logo.choose')}</Button>
        </FileTrigger>
        {options.logo === null ? null : (
          <Button onPress={() => change({ logo: null })}>{words('printer.logo.remove')}</Button>
        )}
      </div>
    </div>
  );
}
