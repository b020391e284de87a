import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Workers, and the commands that tests run as processes, then load the CDK, the SDK and zod without compiling them anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

/** Pure functions, and what runs in this process. They need no bundles. */
const units = [
  'contract',
  'docs',
  'parsing',
  'provider-api',
  'scheduling',
  'structure',
  'ordering',
  'providers',
  'receiving',
  'relay',
  'retention',
  'verifications',
  'simulators',
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  // The examples in docs/events import the package by its name, as users do.
  resolve: {
    alias: { 'idv-webhooks/events': fileURLToPath(new URL('package/events.ts', import.meta.url)) },
  },
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
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: units,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          // `npm run test:deployed` runs the tests in test/deployed, and `npm run test:console` those in test/browser.
          exclude: [...units, 'test/deployed/**', 'test/browser/**'],
          globalSetup: 'test/support/bundle-once.ts',
        },
      },
    ],
  },
});
