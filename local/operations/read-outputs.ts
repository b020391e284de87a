import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';

/**
 * Reads the file that `npm run deploy -- --outputs-file FILE` has written.
 *
 * @param Outputs the outputs that the command needs
 * @throws ConfigurationError if the file has not these outputs of exactly one stack of this project
 */
export async function readOutputs<Outputs>(
  file: string,
  Outputs: z.ZodType<Outputs>,
): Promise<{ readonly stackName: string; readonly outputs: Outputs }> {
  const parsed = z.record(z.string().startsWith('idv-webhooks-'), Outputs).safeParse(await readJson(file));
  const [stack, ...others] = Object.entries(parsed.data ?? {});
  if (stack === undefined || others.length > 0)
    throw new ConfigurationError(`--outputs ${file}: not the outputs of exactly one stack of this project`);
  const [stackName, outputs] = stack;
  return { stackName, outputs };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new ConfigurationError(`--outputs ${file}: cannot be read as JSON`);
  }
}
