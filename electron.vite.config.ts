import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { CALL_NAMES, EVENT_NAMES } from './src/contract/calls.ts';

const from = (path: string): string => resolve(import.meta.dirname, path);

// Stated here because the tool would otherwise take them from the newest Electron: code is held to what 33 has.
const NODE_TARGET = 'node20.18';
const CHROMIUM_TARGET = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      // Every call's schema needs it, and its hundred files take longer to find one by one than to run.
      externalizeDeps: { exclude: ['zod'] },
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          // Read by worker threads, so files of their own beside the chunks.
          'health-worker': from('src/main/ledger/health/worker.ts'),
          'checkpoint-worker': from('src/main/store/checkpoint-worker.ts'),
          'directory-worker': from('src/main/directory/worker.ts'),
          'exchange-worker': from('src/main/exchange/worker.ts'),
          'report-worker': from('src/main/reports/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    // The preload knows the names of the calls and nothing of their schemas, so it stays a few lines.
    define: {
      KIOSKWATT_CALL_NAMES: JSON.stringify(CALL_NAMES),
      KIOSKWATT_EVENT_NAMES: JSON.stringify(EVENT_NAMES),
    },
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { bridge: from('src/preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [react()],
    css: { modules: { localsConvention: 'camelCaseOnly' } },
    build: {
      target: CHROMIUM_TARGET,
      outDir: from('out/renderer'),
      // No `data:` addresses and no inline script: the content security policy has no room for them.
      assetsInlineLimit: 0,
      // All parts of a page are asked for at once; the helper that older browsers need would be an inline script.
      modulePreload: { polyfill: false },
      minify: true,
      rolldownOptions: {
        input: {
          counter: from('src/renderer/counter.html'),
          paper: from('src/renderer/paper.html'),
          meter: from('src/renderer/meter.html'),
          display: from('src/renderer/display.html'),
          fault: from('src/renderer/fault.html'),
          start: from('src/renderer/start.html'),
        },
      },
    },
  },
});
