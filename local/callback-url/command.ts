import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { buildId360CallbackEndpoints } from '../../shared/providers/id360/callback-endpoints.ts';
import { providerStageSections } from '../../shared/providers/providers.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { formatOptions } from '../format-options.ts';
import {
  type CallbackSecret,
  readCallbackSecretFromFile,
  readCallbackSecretFromLocalStack,
} from './callback-secret.ts';

const defaultPort = '8787';

/** The providers that send webhooks to signed URLs. */
const names = Object.entries(providerStageSections).flatMap(([name, { takesSignedUrls }]) =>
  takesSignedUrls ? [name] : [],
);

const usage = `Usage: npm run -s callback-url -- PROVIDER REFERENCE [options]

Prints a signed URL. PROVIDER (${names.join(' or ')}) sends the callbacks of your case REFERENCE to this URL. For id360, it
also prints the block for the request that creates the case.

${formatOptions([
  ['--port N', 'the port of the local stack on 127.0.0.1 (default: 8787)'],
  [
    '--base URL',
    'instead of --port: the URL of the local stack, or the output WebhooksUrl of a deployed stack',
  ],
  [
    '--secret FILE',
    "only for a deployed stack: a file with the provider's webhook secret, as JSON, as in Secrets\n" +
      'Manager; - reads standard input. A local stack provides its own secrets',
  ],
])}`;

interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Runs `npm run callback-url`. @returns the exit code: 0, or 2 if the arguments or the secret cannot be used */
export async function runCallbackUrlCommand(
  args: readonly string[],
  { print, complain }: Terminal,
): Promise<number> {
  try {
    const { provider, reference, base, secretOf } = parse(args);
    const secret = await secretOf();
    const url = signCallbackUrl({ base, provider, reference, secret: secret.urlSecret });
    print(url);
    const { header } = secret;
    if (header !== null) print(`\n${JSON.stringify(buildId360CallbackEndpoints(url, header), null, 2)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    complain(error.message);
    return 2;
  }
}

function parse(args: readonly string[]) {
  const { values, positionals } = read(args);
  const [provider, reference, ...rest] = positionals;
  if (values.help || provider === undefined || reference === undefined || rest.length > 0) {
    throw new ConfigurationError(usage);
  }
  if (!names.includes(provider)) {
    throw new ConfigurationError(`${provider} does not use signed URLs\n\n${usage}`);
  }
  const { secret } = values;
  if (secret !== undefined && values.base === undefined) {
    throw new ConfigurationError('--secret is for a deployed stack: give its URL with --base');
  }
  const { base, option } = findBase(values);
  const secretOf = (): Promise<CallbackSecret> =>
    secret === undefined
      ? readCallbackSecretFromLocalStack(base, option, provider)
      : readCallbackSecretFromFile(secret);
  return { provider, reference, base, secretOf } as const;
}

/** Returns the URL of the stack, and the option that gives it, for errors. An error must not repeat a URL with a password. */
function findBase({
  base,
  port,
}: {
  readonly base?: string | undefined;
  readonly port?: string | undefined;
}) {
  if (base !== undefined && port !== undefined)
    throw new ConfigurationError('--port and --base exclude each other');
  if (base !== undefined) return { base: base.replace(/\/+$/, ''), option: '--base' };
  const local = port ?? defaultPort;
  if (!/^\d{1,5}$/.test(local)) throw new ConfigurationError(`--port ${local}: not a port`);
  return { base: `http://127.0.0.1:${local}`, option: `--port ${local}` };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        port: { type: 'string' },
        secret: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new ConfigurationError(
      `${error instanceof Error ? error.message : 'unreadable arguments'}\n\n${usage}`,
    );
  }
}
