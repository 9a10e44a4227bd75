import { defineConfig } from 'oxlint';

/** The rooms of src from left to right: a room may import rooms to its left, never its own column's siblings. */
const COLUMNS: readonly (readonly string[])[] = [
  ['units'],
  ['i18n'],
  ['sts', 'tariff', 'receipt', 'batch'],
  ['contract'],
  ['main/store'],
  ['main/ledger', 'main/directory'],
  ['main/operators', 'main/secure-module', 'main/printing'],
  ['main/shifts'],
  ['main/vending', 'main/reports'],
  ['main/exchange'],
  ['main/station'],
];
const PURE = ['units', 'i18n', 'sts', 'tariff', 'receipt', 'contract'];
/** Of Node it may use hashes, signatures and packing, all of them without effect on anything outside. */
const BATCH_NEEDS = ['node:crypto', 'node:zlib', 'node:buffer'];
const STATION_ROOMS = COLUMNS.flat();

/** The rooms beside the columns, each with its own list. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'main/ipc': STATION_ROOMS,
  'main/shell': [...STATION_ROOMS, 'main/ipc'],
  preload: ['contract'],
  renderer: ['units', 'i18n', 'receipt', 'contract'],
  cli: [...STATION_ROOMS, 'simulators'],
  headoffice: [...PURE, 'batch'],
  fleet: [...STATION_ROOMS, 'simulators', 'headoffice'],
  simulators: ['units', 'i18n', 'sts'],
};

const RULES: Record<string, readonly string[]> = { ...OTHERS };
for (const [index, column] of COLUMNS.entries()) {
  for (const room of column) RULES[room] = COLUMNS.slice(0, index).flat();
}
// The training profile puts the simulated parts beside the station.
RULES['main/station'] = [...(RULES['main/station'] ?? []), 'simulators'];
const elements = Object.keys(RULES).map((room) => ({ type: room, pattern: `src/${room}` }));

const policies = [
  { allow: { to: { module: { origin: 'external' } } } },
  { allow: { to: { module: { origin: 'core' } } } },
  ...Object.entries(RULES).map(([room, allowed]) => ({
    from: { element: { type: room } },
    allow: { to: { element: { types: { anyOf: [room, ...allowed] } } } },
  })),
  {
    from: { element: { types: { anyOf: [...PURE, 'renderer'] } } },
    disallow: { to: { module: { origin: 'core' } } },
  },
  {
    from: { element: { type: 'batch' } },
    disallow: { to: { module: { origin: 'core' } } },
  },
  ...BATCH_NEEDS.map((source) => ({
    from: { element: { type: 'batch' } },
    allow: { to: { module: { origin: 'core' as const, source } } },
  })),
  {
    from: { element: { types: { noneOf: ['main/shell', 'main/ipc', 'preload'] } } },
    disallow: { to: { module: { origin: 'external', source: 'electron' } } },
  },
  {
    from: { element: { types: { noneOf: ['main/store'] } } },
    disallow: { to: { module: { origin: 'external', source: 'better-sqlite3' } } },
  },
];

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'react', 'jsx-a11y', 'vitest'],
  jsPlugins: ['eslint-plugin-boundaries'],
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-non-null-assertion': 'off',
    'react/react-in-jsx-scope': 'off',
    'import/no-unassigned-import': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Prettier breaks lines before a bracket where the meaning is plain.
    'no-unexpected-multiline': 'off',
    'vitest/require-mock-type-parameters': 'off',
    // A second argument says what was wrong.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'import/no-named-as-default-member': 'off',
    'promise/always-return': 'off',
    'promise/no-promise-in-callback': 'off',
    // Rows of a database and JSON of our own are asserted where they are read; schemas check what comes from outside.
    'typescript/no-unsafe-type-assertion': 'off',
    // The compiler knows better when a switch is exhaustive.
    'typescript/consistent-return': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-unnecessary-type-parameters': 'off',
    'typescript/no-base-to-string': 'off',
    // react-aria and grids of buttons need roles that no tag carries.
    'jsx-a11y/prefer-tag-over-role': 'off',
    // What a key opens takes the focus.
    'jsx-a11y/no-autofocus': 'off',
    'jsx-a11y/click-events-have-key-events': 'off',
    'jsx-a11y/no-noninteractive-element-to-interactive-role': 'off',
    'vitest/expect-expect': 'off',
    // Sorting in place a list made in the same expression surprises nobody.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies }],
  },
  settings: { 'boundaries/elements': elements },
  overrides: [
    {
      files: ['**/*.test.ts', 'test/**', 'bench/**', 'scripts/**', '*.config.ts'],
      rules: {
        'boundaries/dependencies': 'off',
        'max-lines-per-function': 'off',
        'no-console': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/no-standalone-expect': 'off',
      },
    },
  ],
  ignorePatterns: ['out', 'dist', 'node_modules', 'coverage', 'test/fixtures'],
});
