import { ConfigurationError } from '../shared/platform/errors.ts';
import { readOptions } from './read-options.ts';

export const usage = `Usage: npm start -- [options]

  --port N         port of the HTTP API on 127.0.0.1 (8787)
  --no-demo        do not play the demo: nothing then reads the events queue
  --config FILE    credentials, source addresses and API addresses of the providers, as JSON
  --data-dir DIR   keep DynamoDB's data in this directory (gone with the stack otherwise)
  --verbose        print what the functions log
  --help           this text`;

const options = {
  port: { type: 'string', default: '8787' },
  'no-demo': { type: 'boolean', default: false },
  config: { type: 'string' },
  'data-dir': { type: 'string' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface CommandLine {
  readonly port: number;
  readonly demo: boolean;
  readonly configFile: string | undefined;
  readonly dataDir: string | undefined;
  readonly verbose: boolean;
}

/** @throws ConfigurationError with the usage, where the arguments cannot be understood */
export function parseCommandLine(args: readonly string[]): CommandLine | 'help' {
  const values = readOptions(args, options, usage);
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
  throw new ConfigurationError(`--port ${text}: not a port; give a number from 0 (any free one) to 65535`);
}
