import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { createTolerantListSchema } from '../../shared/parsing/usable-entries.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { CallbackHeaderName, CallbackHeaderValue } from '../../shared/providers/id360/settings.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';

/**
 * The newest secret that signs callback URLs, and the secret header of callbacks. `header` is null if the provider
 * sends no secret header.
 */
export interface CallbackSecret {
  readonly urlSecret: string;
  readonly header: { readonly name: string; readonly value: string } | null;
}

/** The schema of a list of secrets with at least one usable secret. The first usable secret is the newest. */
const first = (entry: z.core.$ZodType<string>) =>
  z.pipe(createTolerantListSchema(entry), z.tuple([z.string()], z.string()));

const Secret = z.object({
  urlSecrets: first(z.string().min(1)),
  callbackHeader: z.object({ name: CallbackHeaderName, values: first(CallbackHeaderValue) }).optional(),
});

/** The schema of the answer to `GET /_local`. Only the configuration of the providers is read. */
const Description = z.object({ config: z.record(z.string(), z.unknown()) });

/**
 * Requests a provider's callback secret from the local stack at the URL `base`.
 *
 * @param option the option that gives the URL, for errors
 * @throws ConfigurationError if no local stack answers, or if it has no usable secret
 */
export async function readCallbackSecretFromLocalStack(
  base: string,
  option: string,
  provider: string,
): Promise<CallbackSecret> {
  const answer = await fetchLocalStackDescription(base);
  if (answer.kind === 'starting') {
    throw new ConfigurationError(
      `the local stack at ${option} is still starting: try again in a few seconds`,
    );
  }
  const described = Description.safeParse(answer.kind === 'answered' ? answer.body : undefined);
  if (!described.success) {
    throw new ConfigurationError(
      `no local stack answers at ${option}: start one with "npm start", or give the secret with --secret`,
    );
  }
  return parse(described.data.config[provider], 'the local stack');
}

/**
 * Reads a provider's callback secret from a JSON file.
 * @param file `-` means standard input
 * @throws ConfigurationError if the file has no usable secret; the error message never contains the secret
 */
export async function readCallbackSecretFromFile(file: string): Promise<CallbackSecret> {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch(() => {
    throw new ConfigurationError(`--secret ${file}: cannot be read`);
  });
  try {
    return parse(JSON.parse(content), `--secret ${file}`);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`--secret ${file}: is not JSON`);
  }
}

function parse(value: unknown, where: string): CallbackSecret {
  const parsed = Secret.safeParse(value);
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.') || 'webhook secret');
    throw new ConfigurationError(`${where} has no usable ${[...new Set(places)].join(', ')}`);
  }
  const { urlSecrets, callbackHeader } = parsed.data;
  const header = callbackHeader ? { name: callbackHeader.name, value: callbackHeader.values[0] } : null;
  return { urlSecret: urlSecrets[0], header };
}
