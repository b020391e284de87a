import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { providers } from '../../shared/providers/providers.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { callbackEndpoints } from './callback-endpoints.ts';
import { type CallbackSecret, localSecret, secretFile } from './callback-secret.ts';

const localBase = 'http://127.0.0.1:8787';

/** The providers that take signed URLs. */
const names = Object.entries(providers).flatMap(([name, { takesSignedUrls }]) =>
  takesSignedUrls ? [name] : [],
);

const usage = `Usage: npm run -s callback-url -- PROVIDER REFERENCE [options]

Prints the signed URL that PROVIDER (${names.join(', ')}) may send the callbacks of your case REFERENCE to; for id360 also
what to put into the call that creates the case.

  --base URL      of the endpoint (${localBase}), or the stack's output WebhooksUrl; a local stack tells its
                  secrets itself
  --secret FILE   the provider's webhook secret as Secrets Manager holds it, as JSON; - is standard input`;

interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** `npm run callback-url`. @returns the exit code */
export async function callbackUrl(args: readonly string[], { print, complain }: Terminal): Promise<number> {
  try {
    const { provider, reference, base, secretOf } = parse(args);
    const secret = await secretOf();
    const url = signCallbackUrl({ base, provider, reference, secret: secret.urlSecret });
    print(url);
    const block = callbackEndpoints(url, secret);
    if (block !== null) print(`\n${JSON.stringify(block, null, 2)}`);
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
    throw new ConfigurationError(`${provider} takes no signed URLs\n\n${usage}`);
  }
  const { secret } = values;
  if (secret !== undefined && values.base === undefined) {
    throw new ConfigurationError('--secret is of a deployed stack: say with --base where that is');
  }
  const base = (values.base ?? localBase).replace(/\/+$/, '');
  const secretOf = (): Promise<CallbackSecret> =>
    secret === undefined ? localSecret(base, provider) : secretFile(secret);
  return { provider, reference, base, secretOf } as const;
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
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
