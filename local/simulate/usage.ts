import { localProviders } from '../providers/local-providers.ts';

/** How the command is used, and every scenario in a line. */
export function usage(): string {
  return `Plays a provider's webhooks against an endpoint, the local stack unless told otherwise.

  npm run simulate -- PROVIDER SCENARIO [options]

${Object.entries(localProviders)
  .map(([name, { simulation }]) => scenarioList(name, simulation.scenarios))
  .join('\n\n')}

Options
  --url URL              another endpoint, a deployed one for example
  --user, --password     its basic authentication
  --header NAME=VALUE    a header that it asks for; may be repeated
  --transaction ID       your own id of the case (default: a new one each time)
  --company NAME         the account at the provider
  --port N               of the local stack (default: 8787)
  --give-up-after N      seconds of retries for one delivery (default: 30; IDnow itself takes a day)
  --help`;
}

function scenarioList(provider: string, scenarios: readonly { name: string; summary: string }[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Scenarios of ${provider}\n${lines.join('\n')}`;
}
