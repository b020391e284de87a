import { createStackApiTools } from '../../cases/case-stack.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { EnvironmentVariables } from '../../platform/environment.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import type { Provider } from '../../providers/provider.ts';
import type { OperatedStack } from './operated-stack.ts';
import { providers } from './provider-list.ts';

/** The names of the providers that operations can work with. */
export const operatedProviders: readonly ProviderName[] = Object.keys(providers);

/** What an operation needs to call the API of a provider. */
export interface ProviderConnection {
  readonly evidence: ReturnType<Provider['evidence']>;
  /** The environment variables of the provider's fetcher. */
  readonly environment: EnvironmentVariables;
  readonly tools: ProviderApiDependencies;
}

/**
 * Creates the evidence code of a provider, with the settings and the secret of a stack.
 *
 * @throws ConfigurationError if the stack has no such provider
 */
export function connectToProviderApi(stack: OperatedStack, name: ProviderName): ProviderConnection {
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  const settings = stack.fetcherSettings[name];
  if (provider === undefined || settings === undefined)
    throw new ConfigurationError(`the stack has no provider ${name}: use ${operatedProviders.join(', ')}`);
  const environment = {
    ...settings,
    [`${name.toUpperCase()}_API_SECRET_ID`]: `${stack.stackName}/${name}/api`,
  };
  const tools = createStackApiTools(stack);
  return { evidence: provider.evidence(environment, tools), environment, tools };
}
