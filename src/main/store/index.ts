/** Opens the database files and the folder that holds them; nothing else does. */
export { fileProblems, schemaDifference } from './check-database.ts';
export { copyDatabase } from './copy-database.ts';
export { openCheckpoints, type Checkpoints } from './checkpoints.ts';
export * from './data-folder.ts';
export { faultOf, openFault, type BindingOption, type OpenFault } from './database-file.ts';
export * from './durable-files.ts';
export * from './free-space.ts';
export * from './handles.ts';
export { LEDGER_VERSION, MIGRATIONS } from './migrations/index.ts';
export { removeOldCopies } from './old-copies.ts';
export * from './open-database.ts';
export { standBack } from './stand-back.ts';
export * from './station-key.ts';
export { fromThread, StorageError, toStorageError } from './storage-error.ts';
export { updateDue, type UpdateDue } from './update-due.ts';
export { workerFile } from './worker-file.ts';
