import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { DatakeenConfig } from './datakeen-config.ts';
import { Id360Config } from './id360-config.ts';
import { IdnowConfig } from './idnow-config.ts';

/** The file of `--config`. A section that is missing means: the built-in simulator and generated secrets. */
const LocalConfig = z.strictObject({
  idnow: IdnowConfig.optional(),
  id360: Id360Config.optional(),
  datakeen: DatakeenConfig.optional(),
});
export type LocalConfig = z.infer<typeof LocalConfig>;

/** @throws ConfigurationError that says what is wrong in the file */
export async function readConfig(file: string | undefined): Promise<LocalConfig> {
  if (file === undefined) return {};
  const parsed = LocalConfig.safeParse(await readJson(file));
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
