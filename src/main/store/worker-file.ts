import path from 'node:path';

/**
 * Where a worker thread's program is, for the module that starts it: beside it as `source` when run from the
 * sources, or in the bundle, where it is an entry of its own (`built`) beside `chunks/`.
 */
export function workerFile(
  meta: { readonly filename: string; readonly dirname: string },
  source: string,
  built: string,
): string {
  const here = meta.dirname;
  if (meta.filename.endsWith('.ts')) return path.join(here, source);
  return path.join(path.basename(here) === 'chunks' ? path.dirname(here) : here, built);
}
