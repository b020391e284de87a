import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { getBundleDirectory, projectRootDirectory } from './bundle.ts';

const PackageJson = z.object({ version: z.string() });

/**
 * Returns the version of a function: the version of the package, and a hash of the function's bundle. The hash changes
 * exactly if the code changes, also in a copy without a Git repository.
 *
 * @example '0.1.0+5f2d9c41'
 */
export function computeSoftwareVersion(functionName: string): string {
  const { version } = PackageJson.parse(
    JSON.parse(readFileSync(join(projectRootDirectory, 'package.json'), 'utf8')),
  );
  const bundle = readFileSync(join(getBundleDirectory(functionName), 'index.js'));
  return `${version}+${createHash('sha256').update(bundle).digest('hex').slice(0, 8)}`;
}
