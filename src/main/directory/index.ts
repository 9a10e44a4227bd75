/** Customers, meters and the prices in force, and how to find them. */
export { findMeter, findTariffVersion, listTariffVersions, tariffInForce } from './lookup.ts';
export type * from './records.ts';
export { loadSampleData } from './sample-data.ts';
export { searchDirectory } from './search.ts';
export {
  putTariffVersion,
  upsertCustomer,
  upsertMeter,
  type NewMeterError,
  type TariffVersionError,
} from './write.ts';
