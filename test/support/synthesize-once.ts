import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { synthesizeStage } from '../../local/synthesize.ts';

/** The contents of the files of a cloud assembly, by their names. */
type Assembly = ReadonlyMap<string, string>;

const assemblies = new Map<string, Promise<Assembly>>();

/**
 * Does the work of `synthesizeStage`, but synthesizes stages that differ only in the ports of their simulators once per
 * process. A synthesis takes a third of a second of CPU time, most of the start of a system.
 */
export async function synthesizeOnce(stage: unknown, outdir: string): Promise<string> {
  const urls: string[] = [];
  const portless = JSON.stringify(stage).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, (url) => {
    if (!urls.includes(url)) urls.push(url);
    return placeholder(urls.indexOf(url));
  });
  const assembly = assemblies.get(portless) ?? synthesize(JSON.parse(portless), outdir);
  assemblies.set(portless, assembly);
  // The next system tries again after a failure.
  assembly.catch(() => assemblies.delete(portless));
  await Promise.all(
    [...(await assembly)].map(([name, content]) => writeFile(join(outdir, name), fill(content, urls))),
  );
  return outdir;
}

/**
 * Synthesizes a stage without copies of the bundles. The assembly then consists of a few text files. Node also finds
 * compiled code in its cache by the path of the source file, so it would compile each copy again.
 */
async function synthesize(stage: unknown, outdir: string): Promise<Assembly> {
  await synthesizeStage(stage, outdir, { copiesBundles: false });
  const names = await readdir(outdir);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(outdir, name), 'utf8')] as const)),
  );
}

/** No simulator has such a port, because only root may use the ports below 1024. */
function placeholder(index: number): string {
  return `http://127.0.0.1:${100 + index}`;
}

function fill(content: string, urls: readonly string[]): string {
  return content.replaceAll(
    /http:\/\/127\.0\.0\.1:(\d{3})(?!\d)/g,
    (url, port) => urls[Number(port) - 100] ?? url,
  );
}
