import { defineConfig } from '@playwright/test';

/** The counter in a real Electron. Each file opens tills of its own, so two may run beside each other. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
});
