import { ConfigurationError } from '../../shared/platform/errors.ts';
import { parseCommandOptions } from '../parse-options.ts';

export const soakHelpText = `Usage: npm run soak -- [options]

Starts its own local stack, plays mixed cases of all providers, reads the events queue, and counts lost events and archives.

  --minutes N     start new cases for N minutes (default: 1)
  --webhooks N    start no new case after N webhooks, instead of a number of minutes
  --rate N        send at most N webhooks per second (default: no limit)
  --cases N       play at most N cases at once (default: 40)
  --instances N   run at most N instances of each function at once (default: 4)
  --patience N    wait at most N seconds for the events and the evidence of a case (default: 120)
  --verbose       print what the functions log
  --help          print this text`;

const options = {
  minutes: { type: 'string' },
  webhooks: { type: 'string' },
  rate: { type: 'string' },
  cases: { type: 'string', default: '40' },
  instances: { type: 'string', default: '4' },
  patience: { type: 'string', default: '120' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface SoakOptions {
  /** The limit after which the soak starts no new case: a time or a number of webhooks. */
  readonly until: { readonly minutes: number } | { readonly webhooks: number };
  /** The maximum number of webhooks per second. Infinity means no limit. */
  readonly rate: number;
  readonly casesAtOnce: number;
  /** The maximum number of instances of each function at the same time. */
  readonly instances: number;
  readonly patienceSeconds: number;
  readonly verbose: boolean;
}

/** Parses the arguments of `npm run soak`. @throws ConfigurationError with the usage if an argument is invalid */
export function parseSoakArguments(args: readonly string[]): SoakOptions | 'help' {
  const values = parseCommandOptions(args, options, soakHelpText);
  if (values.help) return 'help';
  if (values.minutes !== undefined && values.webhooks !== undefined) {
    throw new ConfigurationError(`Give --minutes or --webhooks, not both\n\n${soakHelpText}`);
  }
  return {
    until:
      values.webhooks === undefined
        ? { minutes: positive('--minutes', values.minutes ?? '1') }
        : { webhooks: positive('--webhooks', values.webhooks) },
    rate: values.rate === undefined ? Number.POSITIVE_INFINITY : positive('--rate', values.rate),
    casesAtOnce: Math.ceil(positive('--cases', values.cases)),
    instances: Math.ceil(positive('--instances', values.instances)),
    patienceSeconds: positive('--patience', values.patience),
    verbose: values.verbose,
  };
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new ConfigurationError(`${option} takes a number above 0, not "${text}"\n\n${soakHelpText}`);
}
