import { parseArgs } from 'node:util';
import { findScenarioPlaySettings } from '../providers/simulation-of.ts';
import { UsageError } from '../simulators/errors.ts';
import { findScenario, type ScenarioPlaySettings } from '../simulators/provider-simulation.ts';
import type { Scenario } from '../simulators/scenario.ts';

const options = {
  url: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  header: { type: 'string', multiple: true },
  transaction: { type: 'string' },
  company: { type: 'string' },
  port: { type: 'string', default: '8787' },
  'give-up-after': { type: 'string', default: '30' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface SimulateCommand {
  providerName: string;
  provider: ScenarioPlaySettings;
  scenario: Scenario;
  /** The URL to which the webhooks are sent. Undefined means the local stack. */
  url: string | undefined;
  user: string | undefined;
  password: string | undefined;
  /** Extra headers for each webhook. The names are in lower case. */
  headers: Readonly<Record<string, string>>;
  transaction: string | undefined;
  company: string | undefined;
  /** The port of the local stack. */
  port: number;
  /** The time after which a webhook is no longer retried, in seconds. */
  giveUpAfter: number;
}

/** Parses the arguments of `npm run simulate`. @throws UsageError if an argument is invalid */
export function parseSimulateCommandLine(args: readonly string[]): SimulateCommand | 'help' {
  const { values, positionals } = read(args);
  if (values.help) return 'help';
  const [providerName, scenarioName, ...rest] = positionals;
  if (providerName === undefined) throw new UsageError('Give a provider and a scenario');
  const provider = findScenarioPlaySettings(providerName.toLowerCase());
  if (provider === undefined) throw new UsageError(`There is no provider "${providerName}"`);
  if (scenarioName === undefined) throw new UsageError('Give a scenario');
  const scenario = findScenario(provider, scenarioName);
  if (scenario === undefined) throw new UsageError(`There is no scenario "${scenarioName}"`);
  if (rest.length > 0) throw new UsageError('Give only one scenario');
  const { url, user, password, transaction, company } = values;
  return {
    providerName: providerName.toLowerCase(),
    provider,
    scenario,
    url: url === undefined ? undefined : checkedUrl(url),
    user,
    password,
    headers: Object.fromEntries((values.header ?? []).map(headerOf)),
    transaction,
    company,
    port: count('--port', values.port),
    giveUpAfter: count('--give-up-after', values['give-up-after']),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read');
  }
}

/** Checks the value of the option `--url`. The error message does not quote the URL, because a URL can contain secrets. */
function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError('--url is not an HTTP address');
  if (url.username || url.password) throw new UsageError('Give credentials with --user and --password');
  return url.href;
}

/** Parses the NAME=VALUE of `--header`. The error message does not quote the argument, because the value is a secret. */
function headerOf(text: string): [name: string, value: string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)=([\x21-\x7e]+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError('--header takes NAME=VALUE');
  return [name.toLowerCase(), value];
}

function count(option: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${option} takes a whole number`);
  return Number(text);
}
