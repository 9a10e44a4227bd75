import { err, ok, type Result } from '../units/index.ts';
import { checkTariff, fault, type TariffError } from './check.ts';
import { TARIFF_FORMAT_VERSION, tariffSchema, type Stage, type Tariff } from './schema.ts';

type Issue = { readonly code?: string; readonly path: readonly PropertyKey[] } & Readonly<
  Record<string, unknown>
>;

/** Names a fault of layout by where it is; a field that the format does not know is named itself. */
function layoutFaults(issue: Issue, data: unknown): TariffError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys' && Array.isArray(issue['keys'])) {
    return issue['keys'].map((key) => fault('field-unknown', [...path, String(key)]));
  }
  const parent = path.slice(0, -1).reduce<unknown>(valueAt, data);
  const isMissing =
    parent !== null && typeof parent === 'object' && !Object.hasOwn(parent, path.at(-1) ?? '');
  if (isMissing)
    return [fault(/^(every|window)$/u.test(path.at(-1)!) ? 'period-missing' : 'field-missing', path)];
  return [fault('field-invalid', path)];
}

const valueAt = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;

function futureVersion(data: unknown): TariffError | undefined {
  const version = valueAt(data, 'formatVersion');
  if (typeof version !== 'number' || version <= TARIFF_FORMAT_VERSION) return undefined;
  return fault('format-version-future', ['formatVersion'], { version, known: TARIFF_FORMAT_VERSION });
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/**
 * Reads a tariff from data such as a parsed JSON file. Everything that is wrong with it is named at once, each
 * with the path of the fault; nothing that the format does not know is let through.
 */
export function parseTariff(data: unknown): Result<Tariff, readonly TariffError[]> {
  const future = futureVersion(data);
  if (future) return err([future]);
  const parsed = tariffSchema.safeParse(data);
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => layoutFaults({ ...issue }, data)));
  const timed = parsed.data.stages.flatMap((stage, index) =>
    stage.kind === 'time-of-use' ? [fault('time-of-use-unsupported', ['stages', index, 'kind'])] : [],
  );
  if (timed.length > 0) return err(timed);
  const stages = parsed.data.stages.filter((stage): stage is Stage => stage.kind !== 'time-of-use');
  const tariff: Tariff = { ...parsed.data, stages };
  const faults = checkTariff(tariff);
  return faults.length > 0 ? err(faults) : ok(deepFreeze(tariff));
}
