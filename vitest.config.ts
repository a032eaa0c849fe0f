// Two projects: pure code in Node, the Worker in workerd.

import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// The secret is given below; wrangler looks for it elsewhere and would warn.
process.env['WRANGLER_LOG'] = 'error';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{shared,extension,identity,local}/**/*.test.ts'],
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
        },
      },
    ],
  },
});
