import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Workers, and the commands that tests run as processes, then load the CDK, the SDK and zod without compiling them anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

export default defineConfig({
  test: {
    // Generous deadlines: the machines that run this are small and shared.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Three, although there may be two cores: files that test the whole system wait about a third of the time.
    maxWorkers: 3,
    // Cases that run side by side wait for the system most of the time.
    maxConcurrency: 10,
    // A file would spend half of its time on imports of zod, the SDK and the CDK that another file has already loaded. So
    // each file leaves nothing behind: it restores mocked clients and variables, and stops what it starts.
    isolate: false,
    // Node itself loads the TypeScript files, as it does for `npm start`. Vite's module runner would need a tenth more CPU
    // time: it transforms each file, and its modules read each import through a getter.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--import', fileURLToPath(new URL('test/support/resolve-package.ts', import.meta.url))],
    // `npm run test:deployed` runs the tests in test/deployed, and `npm run test:console` those in test/browser.
    include: ['test/**/*.test.ts'],
    exclude: ['test/deployed/**', 'test/browser/**'],
    globalSetup: 'test/support/bundle-once.ts',
  },
});
