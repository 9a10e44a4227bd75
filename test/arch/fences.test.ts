import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

/** A misconfigured fence passes silently, so forbidden imports are written down here and must each be named. */
type Canary = { readonly file: string; readonly imports: string; readonly complaint: RegExp };

const FORBIDDEN: readonly Canary[] = [
  {
    file: 'src/units/zz-canary.ts',
    imports: '../main/ledger/index.ts',
    complaint: /"units" to elements of type "main\/ledger"/u,
  },
  {
    file: 'src/units/zz-canary.ts',
    imports: 'node:fs',
    complaint: /origin "core" are not allowed in elements of type "units"/u,
  },
  {
    file: 'src/contract/zz-canary.ts',
    imports: 'node:crypto',
    complaint: /origin "core" are not allowed in elements of type "contract"/u,
  },
  {
    file: 'src/batch/zz-canary.ts',
    imports: 'node:fs',
    complaint: /origin "core" are not allowed in elements of type "batch"/u,
  },
  {
    file: 'src/batch/zz-canary.ts',
    imports: '../main/store/index.ts',
    complaint: /"batch" to elements of type "main\/store"/u,
  },
  {
    file: 'src/headoffice/zz-canary.ts',
    imports: '../main/ledger/index.ts',
    complaint: /"headoffice" to elements of type "main\/ledger"/u,
  },
  {
    file: 'src/i18n/zz-canary.ts',
    imports: '../contract/index.ts',
    complaint: /"i18n" to elements of type "contract"/u,
  },
  {
    file: 'src/sts/zz-canary.ts',
    imports: '../tariff/index.ts',
    complaint: /"sts" to elements of type "tariff"/u,
  },
  {
    file: 'src/main/store/zz-canary.ts',
    imports: '../ledger/index.ts',
    complaint: /"main\/store" to elements of type "main\/ledger"/u,
  },
  {
    file: 'src/main/ledger/zz-canary.ts',
    imports: '../directory/index.ts',
    complaint: /"main\/ledger" to elements of type "main\/directory"/u,
  },
  {
    file: 'src/main/printing/zz-canary.ts',
    imports: '../secure-module/index.ts',
    complaint: /"main\/printing" to elements of type "main\/secure-module"/u,
  },
  {
    file: 'src/main/vending/zz-canary.ts',
    imports: '../../simulators/printer/index.ts',
    complaint: /"main\/vending" to elements of type "simulators"/u,
  },
  {
    file: 'src/main/shifts/zz-canary.ts',
    imports: '../vending/index.ts',
    complaint: /"main\/shifts" to elements of type "main\/vending"/u,
  },
  {
    file: 'src/main/reports/zz-canary.ts',
    imports: '../vending/index.ts',
    complaint: /"main\/reports" to elements of type "main\/vending"/u,
  },
  {
    file: 'src/main/ledger/zz-canary.ts',
    imports: 'electron',
    complaint: /"electron".* not allowed in elements of type "main\/ledger"/u,
  },
  {
    file: 'src/renderer/zz-canary.ts',
    imports: '../main/vending/index.ts',
    complaint: /"renderer" to elements of type "main\/vending"/u,
  },
  {
    file: 'src/renderer/zz-canary.ts',
    imports: 'node:fs',
    complaint: /origin "core" are not allowed in elements of type "renderer"/u,
  },
  {
    file: 'src/renderer/zz-canary.ts',
    imports: 'electron',
    complaint: /"electron".* not allowed in elements of type "renderer"/u,
  },
  {
    file: 'src/main/vending/zz-canary.ts',
    imports: 'better-sqlite3',
    complaint: /"better-sqlite3".* not allowed in elements of type "main\/vending"/u,
  },
  {
    file: 'src/cli/zz-canary.ts',
    imports: 'electron',
    complaint: /"electron".* not allowed in elements of type "cli"/u,
  },
];

const root = path.resolve(import.meta.dirname, '../..');
const written = new Set<string>();

function lint(file: string): string {
  const bin = path.join(root, 'node_modules/oxlint/bin/oxlint');
  try {
    return execFileSync(process.execPath, [bin, '--config', 'oxlint.config.ts', file], {
      cwd: root,
      encoding: 'utf8',
    });
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout;
  }
}

afterEach(() => {
  for (const file of written) rmSync(file, { force: true });
  written.clear();
});

describe('the fences between rooms', () => {
  it.each(FORBIDDEN)('$file may not import $imports', ({ file, imports, complaint }) => {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `import * as canary from '${imports}';\nexport const caught = canary;\n`);
    written.add(target);
    expect(lint(target).replaceAll('\n', ' ')).toMatch(complaint);
  });

  it('lets a room import what stands to its left', () => {
    const target = path.join(root, 'src/main/ledger/zz-canary.ts');
    writeFileSync(target, "import * as left from '../store/index.ts';\nexport const allowed = left;\n");
    written.add(target);
    expect(lint(target)).not.toContain('boundaries');
  });
});
