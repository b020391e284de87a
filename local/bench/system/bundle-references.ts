import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

export type ReferenceName = 'textbook-receiver' | 'update-item' | 'read-and-hash';

const pathOf = (name: string) => fileURLToPath(new URL(`../reference/${name}.ts`, import.meta.url));

/**
 * Bundles a function that ours are compared with. The options are those of our own bundles, so that the comparison is
 * about the code, not about the bundling.
 *
 * @returns the path of the bundle
 */
export async function bundleReference(name: ReferenceName, directory: string): Promise<string> {
  const outfile = join(directory, name, 'index.js');
  await build({
    entryPoints: [pathOf(name)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outfile;
}

const bareClientApp = fileURLToPath(new URL('./bare-client-app.ts', import.meta.url));

/**
 * Bundles a bare DynamoDBClient with CDK's `NodejsFunction` and its default options, in a process of its own, because
 * CDK prints lines about bundling.
 *
 * @returns the path of the bundle
 */
export async function bundleBareClient(directory: string): Promise<string> {
  const outdir = join(directory, 'bare-client');
  await promisify(execFile)(process.execPath, [bareClientApp, outdir, pathOf('bare-client')]);
  const [bundle] = globSync('asset.*/index.js', { cwd: outdir });
  if (bundle === undefined) throw new Error('CDK has made no bundle of the bare client');
  return join(outdir, bundle);
}
