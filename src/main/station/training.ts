import { existsSync } from 'node:fs';
import type { StationSettings } from '../../contract/index.ts';
import { loadSampleData } from '../directory/index.ts';
import { addOperator, listOperators, TRAINING_OPERATORS } from '../operators/index.ts';
import { createKeyFile, TRAINING_KEYS } from '../secure-module/index.ts';
import type { DirectoryWriter, LedgerWriter } from '../store/index.ts';
import type { Moment } from '../ledger/index.ts';
import { assert } from '../../units/index.ts';
import { writeSettings } from './settings-file.ts';

/** Opens the training key file. No secret: the keys in it are published and open no real meter. */
export const TRAINING_PASSPHRASE = 'training';

const TRAINING_SETTINGS: StationSettings = {
  version: 1,
  profile: 'training',
  stationId: 'T014',
  stationName: 'Kiosk 014',
  receiptHeader: ['Acacia Power', '12 Market Square'],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: {},
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [2_000, 5_000, 10_000, 20_000],
};

const JOHANNESBURG_OFFSET_MINUTES = 120;

/** Puts the parts that a training folder lacks in place; what is there already stays as it is. */
export function prepareTrainingSettings(file: string): void {
  if (existsSync(file)) return;
  const supplyGroups = Object.fromEntries(
    TRAINING_KEYS.map((key) => [key.sgc, { offsetMinutes: JOHANNESBURG_OFFSET_MINUTES }]),
  );
  writeSettings(file, { ...TRAINING_SETTINGS, supplyGroups });
}

export async function prepareTrainingKeys(file: string): Promise<void> {
  if (existsSync(file)) return;
  const published = { published: true };
  const made = await createKeyFile(file, TRAINING_PASSPHRASE, 'training', TRAINING_KEYS, published);
  assert(made.ok, 'the training key file can be made');
}

export async function prepareTrainingData(
  ledger: LedgerWriter,
  directory: DirectoryWriter,
  moment: Moment,
): Promise<void> {
  const known = listOperators(ledger).map(({ name }) => name);
  if (known.length >= TRAINING_OPERATORS.length) return;
  directory.transaction((tx) => loadSampleData(tx));
  for (const operator of TRAINING_OPERATORS.filter(({ name }) => !known.includes(name))) {
    const added = await addOperator(ledger, operator, moment);
    assert(added.ok, 'a training operator can be added');
  }
}
