import type { ReactNode } from 'react';
import type { CallOutput } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import office from '../drawer/office.module.css';
import styles from './ModulesScreen.module.css';

type AnnouncedKey = CallOutput<'modules.inspectKeys'>['keys'][number];
type KeyRow = AnnouncedKey & { readonly meters?: number };

const COLUMNS: readonly MessageId[] = [
  'modules.key.sgc',
  'modules.key.krn',
  'modules.key.type',
  'modules.key.base',
  'modules.key.kcv',
  'modules.key.until',
  'modules.key.refresh',
  'modules.key.ends',
];

/** Keys by everything about them that is no secret; with the meters that each serves, where that is known. */
export function KeyTable(props: { readonly caption: string; readonly keys: readonly KeyRow[] }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const date = (at: number | null): string => (at === null ? '–' : figures.date(at));
  const counts = props.keys.some(({ meters }) => meters !== undefined);
  return (
    <table className={office.table}>
      <caption className={styles.caption}>{props.caption}</caption>
      <thead>
        <tr>
          {COLUMNS.map((id) => (
            <th key={id} scope="col">
              {words(id)}
            </th>
          ))}
          {counts ? <th scope="col">{words('modules.key.meters')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {props.keys.map((key) => (
          <tr key={JSON.stringify([key.sgc, key.krn, key.keyType, key.baseDate, key.dkga])}>
            <th scope="row">{key.sgc}</th>
            <td>{key.krn}</td>
            <td>{key.keyType}</td>
            <td>{key.baseDate}</td>
            <td dir="ltr">{key.kcv}</td>
            <td>{date(key.issuedUntilUnixMs)}</td>
            <td>{date(key.refreshByUnixMs)}</td>
            <td>{date(key.endsUnixMs)}</td>
            {counts ? <td data-figure>{key.meters}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
