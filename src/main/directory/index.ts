/** Customers, meters and the prices in force, and how to find them. */
export {
  findMeterAccount,
  meterAccountShape,
  metersLacking,
  PLAIN_ACCOUNT,
  putMeterAccount,
  type MeterAccount,
  type MeterAccountError,
} from './accounts.ts';
export * from './entry-texts.ts';
export * from './local-edits.ts';
export {
  findCustomer,
  findMeter,
  findTariffVersion,
  listTariffVersions,
  otherMetersOfPhone,
  tariffInForce,
  toldTokenMinute,
} from './lookup.ts';
export type * from './records.ts';
export { loadSampleData } from './sample-data.ts';
export { searchDirectory } from './search.ts';
export type { ImportProgress } from './import/import-csv.ts';
export type { ImportResult } from './jobs.ts';
export { startImport, startSearch, type DirectorySearch, type RunningImport } from './threads.ts';
export {
  putTariffVersion,
  upsertCustomer,
  upsertMeter,
  type NewMeterError,
  type TariffVersionError,
} from './write.ts';
