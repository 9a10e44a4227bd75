import { defineConfig } from 'vitest/config';

/** The tariff engine's own tests and its vectors: what mutation testing runs for every mutant. */
export default defineConfig({
  test: {
    include: ['src/tariff/**/*.test.ts', 'test/differential/tariff-vectors.test.ts'],
    testTimeout: 20_000,
    // One worker for all files, which costs a third: mutants are switched on while it runs, so none is left over.
    isolate: false,
  },
});
