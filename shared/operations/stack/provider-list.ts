import type { ProviderName } from '../../contract/provider-name.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { datakeen } from '../../providers/datakeen/provider.ts';
import { id360 } from '../../providers/id360/provider.ts';
import { idnow } from '../../providers/idnow/provider.ts';
import type { Provider } from '../../providers/provider.ts';

/** The code of the providers that operations can work with. */
// biome-ignore format: one provider a line
export const providers: Readonly<Record<ProviderName, Provider>> = {
  idnow,
  id360,
  datakeen,
};

/** @throws ConfigurationError if there is no such provider */
export function findProvider(name: ProviderName): Provider {
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (provider !== undefined) return provider;
  throw new ConfigurationError(`There is no provider ${name}: use ${Object.keys(providers).join(', ')}`);
}
