import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { localProviders } from './local-providers.ts';

const sections = Object.entries(localProviders).map(
  ([name, { config }]) => [name, config.optional()] as const,
);

/** The `--config` file. If the file has no section for a provider, the built-in simulator plays the provider. */
const ConfigFile = z.strictObject(Object.fromEntries(sections));

/** The sections of the `--config` file, by provider name. Empty if no file is given. */
export type LocalConfig = Readonly<Record<string, unknown>>;

/** Reads the `--config` file. @throws ConfigurationError if the file cannot be read or is invalid */
export async function readLocalConfigFile(file: string | undefined): Promise<LocalConfig> {
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
    // Do not include the message of `JSON.parse`: it quotes the file, and the file contains secrets.
    throw new ConfigurationError(`--config ${file}: the file is not JSON`);
  }
}
