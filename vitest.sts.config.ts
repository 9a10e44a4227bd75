import { defineConfig } from 'vitest/config';

/** The token engine's own tests and nothing else: what mutation testing runs for every mutant. */
export default defineConfig({
  test: { include: ['src/sts/**/*.test.ts'], testTimeout: 20_000, isolate: false, fileParallelism: false },
});
