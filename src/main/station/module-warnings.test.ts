import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSampleData } from '../directory/index.ts';
import type { ModuleKey, ModuleReport, ModuleWarning } from '../secure-module/index.ts';
import { openWriter, type DirectoryWriter } from '../store/index.ts';
import { strippedWarnings } from './module-handlers.ts';

/** The sample directory has meters of supply group 201457 with revision 1, and none with revision 2. */

let folder: string;
let directory: DirectoryWriter;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-warnings-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  directory = opened.value;
  directory.transaction((tx) => loadSampleData(tx));
});

afterAll(() => {
  directory.close();
  rmSync(folder, { recursive: true });
});

function key(register: number, krn: number, baseDate: 1993 | 2014): ModuleKey {
  return {
    register,
    sgc: '201457',
    krn,
    keyType: 2,
    baseDate,
    ken: 255,
    dkga: 4,
    activeFromUnixMs: null,
    issuedUntilUnixMs: null,
    kcv: 'ABCDEF',
    unitLimitTenths: null,
    currencyLimit: null,
    refreshByUnixMs: null,
  };
}

function about(register: number, level: ModuleWarning['level']): ModuleWarning {
  return { code: 'issue-ends', level, params: { sgc: '201457', krn: 1, register, days: 3 } };
}

function said(keys: readonly ModuleKey[], warnings: readonly ModuleWarning[]) {
  const report: ModuleReport = {
    driver: 'sts6',
    place: 'here',
    identity: null,
    fault: null,
    warnings,
    keys,
    clock: null,
    transactionsLeft: null,
    takesKeys: true,
    certificatePin: null,
  };
  return strippedWarnings(directory, [report]);
}

it('says the most pressing first, and how many there are', () => {
  const low: ModuleWarning = { code: 'transactions-low', level: 'soon', params: { left: 5 } };
  const both = said([key(1, 1, 2014)], [low, about(1, 'urgent')]);
  expect(both).toMatchObject({ warning: { code: 'issue-ends', level: 'urgent' }, warnings: 2 });
});

it('leaves out a key that no meter needs', () => {
  expect(said([key(1, 2, 2014)], [about(1, 'urgent')])).toEqual({ warning: null, warnings: 0 });
});

it('leaves out a key in whose place the module has a later one', () => {
  const keys = [key(1, 1, 1993), key(2, 1, 2014)];
  expect(said(keys, [about(1, 'urgent')])).toEqual({ warning: null, warnings: 0 });
  expect(said(keys, [about(2, 'early')])).toMatchObject({ warning: { level: 'early' }, warnings: 1 });
});
