/** Builds the rooms of a station and hands them out; the one place that knows them all. */
export {
  openStation,
  type StartProgress,
  type StartFault,
  type Station,
  type StationOptions,
} from './open-station.ts';
export type { FiscalAdapter, FiscalFields, FiscalSale } from './fiscal.ts';
export { saleView } from './sale-view.ts';
export { readSettings, writeSettings } from './settings-file.ts';
export { exchangeDeps } from './exchange.ts';
export { examineModules, KEY_FILE } from './modules.ts';
export { TRAINING_PASSPHRASE } from './training.ts';
export { retain } from './retention.ts';
