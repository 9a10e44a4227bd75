import { packManagement, unpackManagement, type ManagementError, type TokenFields } from '../../sts/index.ts';
import { assert, ok, type Result } from '../../units/index.ts';
import type { ManagementAction } from './port.ts';

const FIELD_VALUES = 2 ** 16;

/** Sub-class of class 2, and the sixteen bits that say what the token does. */
export function managementField(
  action: ManagementAction,
): Result<{ readonly subclass: number; readonly value: number }, ManagementError> {
  const packed = packManagement({ ...action, tid: 0, rnd: 0 });
  if (!packed.ok) return packed;
  return ok({ subclass: packed.value.subClass, value: packed.value.payload % FIELD_VALUES });
}

/** What a decoded token does, without the parts that make it unlike every other; null for other tokens. */
export function actionOf(fields: TokenFields): ManagementAction | null {
  switch (fields.kind) {
    case 'power-limit':
    case 'phase-unbalance-limit':
      return { kind: fields.kind, watts: fields.watts };
    case 'clear-credit':
      return { kind: fields.kind, register: fields.register };
    case 'tariff-rate':
      return { kind: fields.kind, rate: fields.rate };
    case 'water-meter-factor':
      return { kind: fields.kind, factor: fields.factor };
    case 'clear-tamper':
      return { kind: fields.kind };
    case 'extended-set':
      return { kind: fields.kind, index: fields.index, value: fields.value };
    default:
      return null;
  }
}

/** What a token can carry of an action: a limit in watts is rounded up by its coding, everything else is exact. */
export function representableAction(action: ManagementAction): Result<ManagementAction, ManagementError> {
  const packed = packManagement({ ...action, tid: 0, rnd: 0 });
  if (!packed.ok) return packed;
  const { subClass, payload } = packed.value;
  const read = unpackManagement(subClass, payload);
  assert(read?.ok, 'what was packed can be read');
  return ok(actionOf(read.value) ?? action);
}
