import { ConfigurationError } from '../shared/platform/errors.ts';
import { parseCommandOptions } from './parse-options.ts';

export const npmStartUsage = `Usage: npm start -- [options]

  --port N         port of the HTTP API on 127.0.0.1 (default: 8787)
  --no-demo        do not play the demo; then nothing reads the events queue
  --config FILE    credentials, source addresses and API addresses of the providers, as JSON
  --data-dir DIR   keep DynamoDB's data in this directory (default: delete it when the stack stops)
  --verbose        print what the functions log
  --help           print this text`;

const options = {
  port: { type: 'string', default: '8787' },
  'no-demo': { type: 'boolean', default: false },
  config: { type: 'string' },
  'data-dir': { type: 'string' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface NpmStartOptions {
  readonly port: number;
  readonly demo: boolean;
  readonly configFile: string | undefined;
  readonly dataDir: string | undefined;
  readonly verbose: boolean;
}

/** Parses the arguments of `npm start`. @throws ConfigurationError with the usage if an argument is invalid */
export function parseNpmStartArguments(args: readonly string[]): NpmStartOptions | 'help' {
  const values = parseCommandOptions(args, options, npmStartUsage);
  if (values.help) return 'help';
  return {
    port: portOf(values.port),
    demo: !values['no-demo'],
    configFile: values.config,
    dataDir: values['data-dir'],
    verbose: values.verbose,
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new ConfigurationError(
    `--port ${text}: not a port; use a number from 1 to 65535, or 0 for any free port`,
  );
}
