import { watch } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { bundleFunctions, getBundleDirectory, lambdaFunctionNames } from '../../infra/bundle.ts';
import { eventually } from '../support/eventually.ts';

test('bundleFunctions writes only index.js into the directory of a bundle, because another process may copy this directory', async () => {
  const seen = new Set<string>();
  for (const name of lambdaFunctionNames) {
    const watcher = watch(getBundleDirectory(name), (_event, file) => void seen.add(file ?? ''));
    onTestFinished(() => watcher.close());
  }

  await bundleFunctions();

  await eventually(() => expect(seen).toContain('index.js'));
  expect([...seen]).toEqual(['index.js']);
});
