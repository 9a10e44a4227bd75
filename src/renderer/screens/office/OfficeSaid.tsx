import type { ReactNode } from 'react';
import { useFigures, useWords } from '../../app/words.ts';
import { Card } from '../drawer/Office.tsx';
import office from '../drawer/office.module.css';
import type { OfficeView } from './OfficeScreen.tsx';
import styles from './OfficeScreen.module.css';

/** What head office's packages say here: messages, how much may be sold, the limits of a sale, and people's roles. */
export function OfficeSaid({ view }: { readonly view: OfficeView }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { status, lastPackage, roles } = view;
  const rows = [...allowanceRows(view, words, figures), ...limitRows(view, words, figures)];
  return (
    <Card title={words('headoffice.said')}>
      <p className={office.quiet}>
        {lastPackage === null
          ? words('headoffice.said.nothing')
          : words('headoffice.said.last', {
              number: lastPackage.number,
              moment: figures.moment(lastPackage.appliedUnixMs),
            })}
      </p>
      {status.messages.length === 0 ? null : (
        <ul className={styles.messages} aria-label={words('headoffice.messages')}>
          {status.messages.map((message) => (
            <li key={message} dir="auto">
              {message}
            </li>
          ))}
        </ul>
      )}
      {rows.length + roles.length === 0 ? null : (
        <dl className={styles.facts}>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {roles.map(({ name, role }) => (
            <div key={`role ${name}`}>
              <dt>{words('headoffice.role', { name })}</dt>
              <dd>{words(`role.${role}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

type Words = ReturnType<typeof useWords>;
type Figures = ReturnType<typeof useFigures>;
type Rows = readonly (readonly [name: string, value: string])[];

/** What is left of the selling allowance; no row where it has no bound. */
function allowanceRows({ status }: OfficeView, words: Words, figures: Figures): Rows {
  const { valueMinor = null, tokens = null, minutes = null } = status.allowance ?? {};
  const left = [
    valueMinor === null ? null : words('strip.allowance.value', { value: figures.money(valueMinor) }),
    tokens === null ? null : words('strip.allowance.tokens', { tokens }),
    minutes === null ? null : words('strip.allowance.minutes', { hours: Math.floor(minutes / 60) }),
  ].filter((text) => text !== null);
  return left.length === 0 ? [] : [[words('headoffice.allowance'), left.join(', ')]];
}

const LIMITS = ['perSaleMinor', 'perMeterDayMinor', 'perOperatorDayMinor', 'perOperatorShiftMinor'] as const;

function limitRows({ limits }: OfficeView, words: Words, figures: Figures): Rows {
  return LIMITS.flatMap((limit) => {
    const minor = limits[limit];
    return minor === null ? [] : [[words(`headoffice.limit.${limit}`), figures.money(minor)] as const];
  });
}
