// Four projects: pure code in Node; the Worker in workerd; the edge as a process, with its pages in a real Chromium;
// and the whole system as its users meet it, with real editors.

import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// The secret is given below; wrangler looks for it elsewhere and would warn.
process.env['WRANGLER_LOG'] = 'error';

/** Tells what hangs, and nothing of speed: two busy cores may take many times what one test needs. */
const HANGS_AFTER_MS = 60_000;
const SYSTEM_HANGS_AFTER_MS = 120_000;

export default defineConfig({
  test: {
    // Otherwise one core is left idle, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // Files share a process, in which modules are loaded once: what they are given, they make themselves.
          isolate: false,
          include: ['test/{shared,extension,local}/**/*.test.ts'],
          exclude: ['test/local/deploy-whole/**'],
          testTimeout: HANGS_AFTER_MS,
          hookTimeout: HANGS_AFTER_MS,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: { LOCAL_SIGN_IN: 'on', INSTANCE_SECRETS: 'test-secret' },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          // A workerd for each file would cost more than most files do.
          isolate: false,
          setupFiles: ['test/worker/leave-nothing.ts'],
          testTimeout: HANGS_AFTER_MS,
          hookTimeout: HANGS_AFTER_MS,
        },
      },
      {
        test: {
          name: 'edge',
          include: ['test/{faults,web}/**/*.test.ts', 'test/local/deploy-whole/**/*.test.ts'],
          globalSetup: ['test/editor/host/setup.ts'],
          testTimeout: SYSTEM_HANGS_AFTER_MS,
          hookTimeout: SYSTEM_HANGS_AFTER_MS,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/editor/{browser-host,story}/**/*.test.ts'],
          globalSetup: ['test/editor/host/setup.ts'],
          // An editor and a browser at a time are what two cores carry.
          fileParallelism: false,
          testTimeout: SYSTEM_HANGS_AFTER_MS,
          hookTimeout: SYSTEM_HANGS_AFTER_MS,
        },
      },
    ],
  },
});
