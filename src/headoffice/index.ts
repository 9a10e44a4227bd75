/** Head office: what stations send is checked, kept, answered and looked through; what they need is published. */
export * from './db.ts';
export * from './import-batch.ts';
export * from './import-folder.ts';
export * from './office-key.ts';
export { makeSchema, ROW_TABLES } from './schema.ts';
export * from './stations.ts';
