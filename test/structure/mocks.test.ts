import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tests = fileURLToPath(new URL('..', import.meta.url));

// The files of a worker share their modules. A client that stays mocked would also answer the local stack of the next file.
test('each test file that mocks an AWS client restores it', () => {
  const files = globSync('**/*.test.ts', { cwd: tests });
  const mocking = files.filter((file) => / mockClient\(/.test(readFileSync(`${tests}/${file}`, 'utf8')));

  const forgetful = mocking.filter(
    (file) => !readFileSync(`${tests}/${file}`, 'utf8').includes('.restore()'),
  );

  expect(mocking.length).toBeGreaterThan(0);
  expect(forgetful).toEqual([]);
});
