import { ConfigurationError } from '../../shared/platform/errors.ts';
import { readOptions } from '../read-options.ts';

export const usage = `Usage: npm run soak -- [options]

Starts a local stack of its own, plays mixed cases of all providers, reads the events queue, and counts what is lost.

  --minutes N     how long new cases start (1)
  --webhooks N    how many webhooks to send, instead of a time
  --rate N        at most so many webhooks a second (as many as the stack takes)
  --cases N       cases that are under way at once (40)
  --instances N   how many instances of each function run at once (4)
  --patience N    seconds to wait for the events and the evidence of a case (120)
  --verbose       print what the functions log
  --help          this text`;

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
  /** When no further case starts. */
  readonly until: { readonly minutes: number } | { readonly webhooks: number };
  /** Webhooks a second; Infinity where nothing limits them. */
  readonly rate: number;
  readonly casesAtOnce: number;
  /** How many instances of each function run at once. */
  readonly instances: number;
  readonly patienceSeconds: number;
  readonly verbose: boolean;
}

/** @throws ConfigurationError with the usage, where the arguments cannot be understood */
export function parseCommandLine(args: readonly string[]): SoakOptions | 'help' {
  const values = readOptions(args, options, usage);
  if (values.help) return 'help';
  if (values.minutes !== undefined && values.webhooks !== undefined) {
    throw new ConfigurationError(`Give --minutes or --webhooks, not both\n\n${usage}`);
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
  throw new ConfigurationError(`${option} takes a number above 0, not "${text}"\n\n${usage}`);
}
