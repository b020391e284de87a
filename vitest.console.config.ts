import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

/** `npm run test:console`: uses the console in Chromium, which must be installed. `npm test` runs all other tests. */
export default defineConfig({
  test: {
    dir: fileURLToPath(new URL('test/browser', import.meta.url)),
    include: ['**/*.test.ts'],
    globalSetup: 'test/support/bundle-once.ts',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: 'verbose',
  },
});
