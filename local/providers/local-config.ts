import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { localProviders } from './local-providers.ts';

const sections = Object.entries(localProviders).map(
  ([name, { config }]) => [name, config.optional()] as const,
);

/** The file of `--config`. A provider without a section gets the built-in simulator and generated secrets. */
const ConfigFile = z.strictObject(Object.fromEntries(sections));

/** The sections of the file, by provider. */
export type LocalConfig = Readonly<Record<string, unknown>>;

/** @throws ConfigurationError if the file cannot be read or is invalid. The message names the fault. */
export async function readConfig(file: string | undefined): Promise<LocalConfig> {
  if (file === undefined) return {};
  const parsed = ConfigFile.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(`${file} is not a configuration:\n${z.prettifyError(parsed.error)}`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ConfigurationError(`--config ${file}: there is no such file, or it cannot be read`);
  });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, which holds secrets.
    throw new ConfigurationError(`--config ${file}: the file is not JSON`);
  }
}
