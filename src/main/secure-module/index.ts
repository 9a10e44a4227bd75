/** Makes and checks tokens with vending keys that never leave this room. One folder per driver. */
export * from './faults.ts';
export { representableAction } from './management.ts';
export type * from './port.ts';
export { addKeys, createKeyFile, openKeyFile, type NewVendingKey } from './software/key-file.ts';
export type { SoftwareModuleDeps } from './software/software-module.ts';
export { secureNibble } from './software/software-module.ts';
export { TRAINING_KEYS } from './software/training-keys.ts';
export { nodeStsCrypto } from './software/node-sts-crypto.ts';
export {
  parseKeyRequest,
  renderKeyLoad,
  type AnnouncedKey,
  type OpenedKey,
} from './key-load/key-load-file.ts';
export { publicKeyOf } from './key-load/transport-key.ts';
export { parsePin, shownCertificate } from './prism/link.ts';
export { prismModule, type PrismDeps, type PrismOptions } from './prism/prism-module.ts';
export * from './sts6/index.ts';
export {
  ModuleManager,
  type ManagerDeps,
  type ManagerStatus,
  type ModuleReport,
  type ModuleSource,
} from './manager/module-manager.ts';
export {
  actionForWarning,
  CLOCK_STOPS_MS,
  keyEndsUnixMs,
  moduleWarnings,
  type ModuleWarning,
} from './manager/watch.ts';
