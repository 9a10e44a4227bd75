/** Opens the database files and the folder that holds them; nothing else does. */
export * from './data-folder.ts';
export * from './handles.ts';
export * from './open-database.ts';
export { StorageError, toStorageError } from './storage-error.ts';
