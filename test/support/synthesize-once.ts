import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SynthesisOptions, synthesizeStage } from '../../local/synthesize.ts';

/** The contents of the files of a cloud assembly, by their names. */
type Assembly = ReadonlyMap<string, string>;

const assemblies = new Map<string, Promise<Assembly>>();

/**
 * Does the work of `synthesizeStage`, but synthesizes stages that differ only in the ports of their simulators once per
 * process. A synthesis takes half a second of CPU time, half of the start of a system.
 */
export async function synthesizeOnce(
  stage: unknown,
  outdir: string,
  options: SynthesisOptions = {},
): Promise<string> {
  const urls: string[] = [];
  const portless = JSON.stringify(stage).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, (url) => {
    if (!urls.includes(url)) urls.push(url);
    return placeholder(urls.indexOf(url));
  });
  const key = JSON.stringify([portless, options]);
  const assembly = assemblies.get(key) ?? synthesize(JSON.parse(portless), outdir, options);
  assemblies.set(key, assembly);
  await Promise.all(
    [...(await assembly)].map(([name, content]) => writeFile(join(outdir, name), fill(content, urls))),
  );
  return outdir;
}

async function synthesize(stage: unknown, outdir: string, options: SynthesisOptions): Promise<Assembly> {
  await synthesizeStage(stage, outdir, options);
  const names = await readdir(outdir);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(outdir, name), 'utf8')] as const)),
  );
}

function placeholder(index: number): string {
  return `http://127.0.0.1:${10_000 + index}`;
}

function fill(content: string, urls: readonly string[]): string {
  return urls.reduce((filled, url, index) => filled.replaceAll(placeholder(index), url), content);
}
