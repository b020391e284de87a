import { globSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import { functionName } from './function-name.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of `functions/`: each is the code of one function. */
const sources = globSync('**/*.ts', { cwd: join(root, 'functions') }).toSorted();

export const functionNames: readonly string[] = sources.map(functionName);

/** Returns the directory of a function's bundle. It contains `index.js`. */
export function bundleOf(name: string): string {
  return join(root, 'dist', name);
}

/** Bundles all functions into `dist/`. */
export async function bundleFunctions(): Promise<void> {
  const { outputFiles } = await buildFunctions();
  await Promise.all(outputFiles.map(replaceFile));
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
    // esbuild removes unused code only from ES modules. With the SDK's ES modules, the receiver has 670 KB instead of
    // 930 KB.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'shared/platform/lambda-credentials.ts'),
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/**
 * Replaces a bundle in one move, because two stacks can start at once, and the other process may be reading the same
 * bundle. The new file is first written outside the bundle's directory, because a synthesis copies every file in that
 * directory.
 */
async function replaceFile({ path, contents }: OutputFile): Promise<void> {
  const next = join(root, 'dist', `${basename(dirname(path))}.${process.pid}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(next, contents);
  await rename(next, path);
}
