import { localProviders } from '../providers/local-providers.ts';

/** Returns the help text of `npm run simulate`, with one line per scenario. */
export function simulateHelpText(): string {
  return `Sends the webhooks of a provider's scenario to an endpoint. The default endpoint is the local stack.

  npm run simulate -- PROVIDER SCENARIO [options]

${Object.entries(localProviders)
  .map(([name, { simulation }]) => scenarioList(name, simulation.scenarios))
  .join('\n\n')}

Options
  --url URL              send to this endpoint, for example a deployed stack
  --user, --password     the credentials for basic authentication
  --header NAME=VALUE    an extra request header; can be given several times
  --transaction ID       your own id of the case (default: a new id each time)
  --company NAME         the account at the provider
  --port N               the port of the local stack (default: 8787)
  --give-up-after N      retry a delivery for at most N seconds (default: 30; IDnow itself retries for a day)
  --help                 print this text`;
}

function scenarioList(provider: string, scenarios: readonly { name: string; summary: string }[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Scenarios of ${provider}\n${lines.join('\n')}`;
}
