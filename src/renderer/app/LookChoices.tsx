import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { LANGUAGES, LOCALES } from '../../i18n/index.ts';
import { Key } from '../ui/Key.tsx';
import { language } from './language.ts';
import { look, LOOKS, textSize, TEXT_SIZES } from './look.ts';
import styles from './LookChoices.module.css';
import type { StoredChoice } from './stored-choice.ts';
import { useWords } from './words.ts';

type Option<Value> = { readonly value: Value; readonly text: string; readonly lang?: string };

/** One of a few, as buttons in a row; the key that does the same stands beside its name. */
function Choice<Value extends string>(props: {
  readonly label: string;
  readonly keyName: string;
  readonly choice: StoredChoice<Value>;
  readonly options: readonly Option<Value>[];
}): ReactNode {
  const { label, keyName, choice, options } = props;
  const chosen = choice.use();
  return (
    <RadioGroup
      className={styles.choice ?? ''}
      value={chosen}
      orientation="horizontal"
      onChange={(text) => {
        const option = options.find(({ value }) => value === text);
        if (option) choice.set(option.value);
      }}
    >
      <Label className={styles.label ?? ''}>
        {label} <Key name={keyName} />
      </Label>
      {options.map(({ value, text, lang }) => (
        <Radio key={value} value={value} className={styles.option ?? ''}>
          <span className={styles.dot} aria-hidden="true" />
          <bdi {...(lang === undefined ? {} : { lang })}>{text}</bdi>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** The language of the screens, each by its own name, and whether its words were gone through by its speakers. */
export function LanguageChoice(): ReactNode {
  const words = useWords();
  const locale = language.use();
  return (
    <div>
      <Choice
        label={words('look.language')}
        keyName="Alt+L"
        choice={language}
        options={LOCALES.map((value) => ({ value, text: LANGUAGES[value].name, lang: value }))}
      />
      {LANGUAGES[locale].reviewed ? null : (
        <p className={styles.note}>{words('look.language.not-reviewed')}</p>
      )}
    </div>
  );
}

export function LookChoice(): ReactNode {
  const words = useWords();
  return (
    <Choice
      label={words('help.look')}
      keyName="Alt+T"
      choice={look}
      options={LOOKS.map((value) => ({ value, text: words(`look.${value}`) }))}
    />
  );
}

export function TextSizeChoice(): ReactNode {
  const words = useWords();
  return (
    <Choice
      label={words('look.text-size')}
      keyName="Ctrl+ + −"
      choice={textSize}
      options={TEXT_SIZES.map((value) => ({ value, text: `${value} %` }))}
    />
  );
}
