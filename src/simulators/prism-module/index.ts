/** A token server of the managed level that is not there: for tests, demonstrations and training. */
export * from './faults.ts';
export { selfSigned, type ServerIdentity } from './self-signed.ts';
export { PrismServer, type PrismServerOptions } from './server.ts';
export { PrismService, type IssuedEvent, type ServiceOptions } from './service.ts';
export { TRAINING_VAULT } from './training-vault.ts';
export { Vault, type VaultKey } from './vault.ts';
