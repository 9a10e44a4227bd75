import type { ReactNode } from 'react';
import type { CustomerView, MeterPanel } from '../../../contract/index.ts';
import { groupDigits, useFigures, useWords } from '../../app/words.ts';
import styles from './CustomerPanel.module.css';

/** Who is served: what is read back to the customer before any money is taken. */
export function CustomerPanel(props: {
  readonly customer: CustomerView;
  readonly meterNumber: string;
  readonly panel: MeterPanel | null;
}): ReactNode {
  const { customer, meterNumber, panel } = props;
  const words = useWords();
  const figures = useFigures();
  return (
    <section className={styles.panel} aria-label={words('customer.label')}>
      <h2 className={styles.name}>
        <bdi>{customer.name}</bdi>
      </h2>
      {customer.address === '' ? null : (
        <p className={styles.address}>
          <bdi>{customer.address}</bdi>
        </p>
      )}
      <p className={styles.meter}>
        <span className={styles.what}>{words('customer.meter')}</span>
        <span className={styles.number}>{groupDigits(meterNumber)}</span>
      </p>
      <dl className={styles.facts}>
        <Fact what={words('customer.account')} value={customer.account} />
        <Fact what={words('customer.phone')} value={customer.phone} />
        {panel ? <Fact what={words('customer.tariff')} value={panel.tariffName} /> : null}
        {panel && panel.debtMinor > 0 ? (
          <Fact what={words('customer.debt')} value={figures.money(panel.debtMinor)} />
        ) : null}
      </dl>
      {panel ? <LastPurchases panel={panel} /> : null}
    </section>
  );
}

function Fact({ what, value }: { readonly what: string; readonly value: string }): ReactNode {
  if (value === '') return null;
  return (
    <>
      <dt>{what}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  );
}

function LastPurchases({ panel }: { readonly panel: MeterPanel }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  if (panel.lastPurchases.length === 0) return <p className={styles.first}>{words('customer.first')}</p>;
  return (
    <table className={styles.last}>
      <caption>{words('customer.last')}</caption>
      <tbody>
        {panel.lastPurchases.map((purchase) => (
          <tr key={purchase.saleId}>
            <td className={styles.when}>
              {figures.day(purchase.soldAtUnixMs)}{' '}
              <span className={styles.time}>{figures.time(purchase.soldAtUnixMs)}</span>
            </td>
            <td className={styles.money}>{figures.plainMoney(purchase.amountMinor)}</td>
            <td className={styles.units}>{figures.units(purchase.unitsTenths, panel.resource)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
