/** Head office: what stations send is checked, kept, answered and looked through; what they need is published. */
export * from './db.ts';
export * from './import-batch.ts';
export * from './import-folder.ts';
export * from './office-key.ts';
export { makeSchema, ROW_TABLES } from './schema.ts';
export * from './stations.ts';
export { audit, writeAudit, type AuditOptions, type AuditTable } from './audit.ts';
export { makeHome, openHome, type Home } from './home.ts';
export { publish, readLines, type PublishRequest } from './publish.ts';
export { readAuditKeys, type AuditKey } from './redecode.ts';
export { report, REPORTS } from './report.ts';
export { forgetPersonal, takePersonal } from './personal.ts';
