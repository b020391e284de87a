import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import * as z from 'zod';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** One file of `functions/` each; also the functions' names. */
export const functionNames = [
  'receive-idnow',
  'receive-id360',
  'keep-id360-session',
  'receive-datakeen',
  'relay-events',
  'fetch-idnow-evidence',
  'fetch-id360-evidence',
  'fetch-datakeen-evidence',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Where the bundle of a function is: a directory with `index.js`. */
export function bundleOf(name: FunctionName): string {
  return join(root, 'dist', name);
}

/** What went into the bundles. */
export const BundleInputs = z.strictObject({
  /** Milliseconds since 1970: a file that is not older may have changed while it was read. */
  startedAt: z.number(),
  /** Paths from the project's root. */
  inputs: z.array(z.string()),
});
export type BundleInputs = z.infer<typeof BundleInputs>;

/** Where `bundleFunctions` writes the inputs of the bundles. */
export const bundleInputsFile = join(root, 'dist/inputs.json');

/** Bundles all functions into `dist/`. */
export async function bundleFunctions(): Promise<void> {
  const startedAt = Date.now();
  const { outputFiles, metafile } = await buildFunctions();
  await Promise.all(outputFiles.map(replaceFile));
  const inputs = ['infra/bundle.ts', ...Object.keys(metafile.inputs)];
  const contents = Buffer.from(JSON.stringify({ startedAt, inputs } satisfies BundleInputs));
  await replaceFile({ path: bundleInputsFile, contents });
}

/** Builds all functions, each with the SDK inside, in one run of esbuild (about 0.2 s). Writes nothing. */
export function buildFunctions() {
  return build({
    write: false,
    metafile: true,
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
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
