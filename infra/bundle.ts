import { globSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import * as z from 'zod';
import { deriveLambdaNameFromFile } from './function-name.ts';

export const projectRootDirectory = fileURLToPath(new URL('..', import.meta.url));

/** The files below `functions/`. Each file contains the handler of one function. */
const sources = globSync('**/*.ts', { cwd: join(projectRootDirectory, 'functions') }).toSorted();

export const lambdaFunctionNames: readonly string[] = sources.map(deriveLambdaNameFromFile);

/** Returns the directory of a function's bundle. It contains `index.js`. */
export function getBundleDirectory(name: string): string {
  return join(projectRootDirectory, 'dist', name);
}

/**
 * npm writes this file, `node_modules/.package-lock.json`, at each installation. So its date shows an upgrade of
 * packages. The dates of the packages' own files stay old, and do not show it.
 */
const installedPackages = 'node_modules/.package-lock.json';

/** The files from which the bundles were built, and the time when the bundling began. */
export const BundleInputs = z.strictObject({
  /**
   * The start of the bundling, in milliseconds since 1970. An input that changed after this time may not be in the
   * bundles.
   */
  startedAt: z.number(),
  /** The paths of the input files, relative to the project's root. */
  inputs: z.array(z.string()),
});
export type BundleInputs = z.infer<typeof BundleInputs>;

/** The file in which `bundleFunctions` lists the inputs of the bundles. */
export const bundleInputsFile = join(projectRootDirectory, 'dist/inputs.json');

/** Bundles all functions, and writes the bundles into `dist/`. */
export async function bundleFunctions(): Promise<void> {
  const startedAt = Date.now();
  const { outputFiles, metafile } = await bundleFunctionsInMemory();
  await Promise.all(outputFiles.map(replaceFile));
  const inputs = ['infra/bundle.ts', installedPackages, ...Object.keys(metafile.inputs)];
  const contents = Buffer.from(JSON.stringify({ startedAt, inputs } satisfies BundleInputs));
  await replaceFile({ path: bundleInputsFile, contents });
}

/** Bundles all functions in one run of esbuild (about 0.2 s), each with the AWS SDK inside. Writes no files. */
export function bundleFunctionsInMemory() {
  return build({
    write: false,
    metafile: true,
    absWorkingDir: projectRootDirectory,
    entryPoints: sources.map((source) => ({
      in: `functions/${source}`,
      out: `${deriveLambdaNameFromFile(source)}/index`,
    })),
    outdir: 'dist',
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The AWS SDK loads Node's `http` module with `import()`. Node then reads each export of the module, and one of them
    // loads Node's whole `fetch` library. With `require()`, the first AWS call of an instance takes 40 ms less.
    supported: { 'dynamic-import': false },
    // esbuild removes unused code only from ES modules. With the ES modules of the AWS SDK, the receiver has 670 KB
    // instead of 930 KB.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': join(
        projectRootDirectory,
        'shared/platform/lambda-credentials.ts',
      ),
      '@smithy/core/event-streams': join(projectRootDirectory, 'shared/platform/no-event-streams.ts'),
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/**
 * Replaces a bundle with one rename, because another process may read the bundle at the same time: two local stacks can
 * start at once. The new file is first written outside the bundle's directory, because CDK copies every file in that
 * directory.
 */
async function replaceFile({ path, contents }: Pick<OutputFile, 'path' | 'contents'>): Promise<void> {
  const next = join(projectRootDirectory, 'dist', `${basename(dirname(path))}.${process.pid}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(next, contents);
  await rename(next, path);
}
