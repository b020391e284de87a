import { globSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import * as z from 'zod';
import { functionName } from './function-name.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of `functions/`: each is the code of one function. */
const sources = globSync('**/*.ts', { cwd: join(root, 'functions') }).toSorted();

export const functionNames: readonly string[] = sources.map(functionName);

/** Where the bundle of a function is: a directory with `index.js`. */
export function bundleOf(name: string): string {
  return join(root, 'dist', name);
}

/** npm writes this file with each installation. The files of packages keep old dates, so their dates show no upgrade. */
const installedPackages = 'node_modules/.package-lock.json';

/** The files that the bundles contain. */
export const BundleInputs = z.strictObject({
  /** The start of the bundling, in milliseconds since 1970. A file that is not older may have changed while it was read. */
  startedAt: z.number(),
  /** Paths from the project's root. */
  inputs: z.array(z.string()),
});
export type BundleInputs = z.infer<typeof BundleInputs>;

/** The file in which `bundleFunctions` lists the inputs of the bundles. */
export const bundleInputsFile = join(root, 'dist/inputs.json');

/** Bundles all functions into `dist/`. */
export async function bundleFunctions(): Promise<void> {
  const startedAt = Date.now();
  const { outputFiles, metafile } = await buildFunctions();
  await Promise.all(outputFiles.map(replaceFile));
  const inputs = ['infra/bundle.ts', installedPackages, ...Object.keys(metafile.inputs)];
  const contents = Buffer.from(JSON.stringify({ startedAt, inputs } satisfies BundleInputs));
  await replaceFile({ path: bundleInputsFile, contents });
}

/** Builds all functions, each with the SDK inside, in one run of esbuild (about 0.2 s). Writes nothing. */
export function buildFunctions() {
  return build({
    write: false,
    metafile: true,
    absWorkingDir: root,
    entryPoints: sources.map((source) => ({
      in: `functions/${source}`,
      out: `${functionName(source)}/index`,
    })),
    outdir: 'dist',
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The SDK's ES modules can be shaken, its CommonJS cannot: 930 KB become 670 KB in the receiver.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'shared/platform/lambda-credentials.ts'),
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/**
 * In one move, because another process may be reading the same bundle: two stacks can start at once. The new file is made
 * outside of the bundle's directory: a synthesis copies all that it finds there.
 */
async function replaceFile({ path, contents }: Pick<OutputFile, 'path' | 'contents'>): Promise<void> {
  const next = join(root, 'dist', `${basename(dirname(path))}.${process.pid}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(next, contents);
  await rename(next, path);
}
