import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const heapGrowth = new URL('../../shared/platform/heap-growth.ts', import.meta.url).href;

test('V8 knows the flag that lets the heap grow', async () => {
  // Act
  const script = `import { letHeapGrow } from '${heapGrowth}'; letHeapGrow();`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);

  // Assess: V8 only prints an error if it does not know a flag.
  expect(await run).toEqual({ stdout: '', stderr: '' });
});
