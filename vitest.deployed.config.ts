import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The order of the files. `lookups` needs a stack without other open cases, because a run of the schedule spreads its lookups
 * over minutes. `change` removes a grant.
 */
const order = ['lookups', 'answers', 'concurrency', 'providers', 'commands', 'idv', 'change'];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const position = ({ moduleId }: TestSpecification) => order.indexOf(basename(moduleId, '.test.ts'));
    return files.toSorted((a, b) => position(a) - position(b));
  }
}

/** `npm run test:deployed`: deploys the stack to an emulator of AWS, which needs Python. `npm test` runs all other tests. */
export default defineConfig({
  test: {
    dir: fileURLToPath(new URL('test/deployed', import.meta.url)),
    include: ['**/*.test.ts'],
    globalSetup: 'test/deployed/global-setup.ts',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // All files test one deployment, one after another.
    fileParallelism: false,
    isolate: false,
    sequence: { sequencer: InOrder },
    reporters: 'verbose',
  },
});
