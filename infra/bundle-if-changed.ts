import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BundleInputs,
  bundleFunctions,
  bundleInputsFile,
  getBundleDirectory,
  lambdaFunctionNames,
  projectRootDirectory,
} from './bundle.ts';

/**
 * Bundles all functions into `dist/`, unless the bundles there are newer than all of their inputs. This saves two
 * seconds of processor time at each start of the local stack. A deployment always bundles.
 */
export async function bundleIfChanged(): Promise<void> {
  const inputs = await readInputs();
  const outputs = lambdaFunctionNames.map((name) => join(getBundleDirectory(name), 'index.js'));
  if (inputs !== null && (await areBundlesCurrent(inputs, outputs, projectRootDirectory))) return;
  await bundleFunctions();
}

/** @returns null if the list of the bundles' inputs is missing or damaged. Then the functions are bundled again */
async function readInputs(): Promise<BundleInputs | null> {
  try {
    return BundleInputs.parse(JSON.parse(await readFile(bundleInputsFile, 'utf8')));
  } catch {
    return null;
  }
}

/** @returns true if all inputs and outputs exist, and no input has changed since the bundling began */
export async function areBundlesCurrent(
  { startedAt, inputs }: BundleInputs,
  outputs: readonly string[],
  directory: string,
): Promise<boolean> {
  try {
    await Promise.all(outputs.map((path) => stat(path)));
    const stats = await Promise.all(inputs.map((path) => stat(join(directory, path))));
    return stats.every(({ mtimeMs }) => mtimeMs < startedAt);
  } catch {
    return false;
  }
}
