import type { ProviderName } from '../../shared/contract/provider-name.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import type { ScenarioRun } from './scenario.ts';

/** Addresses of single runs, for a provider that callers give a signed address for each case. */
export function signedUrls(provider: ProviderName, secret: string) {
  /** @param url of the provider's webhook, unsigned */
  return (url: string, { reference }: ScenarioRun): string => {
    const base = url.replace(new RegExp(`/${provider}$`), '');
    return signCallbackUrl({ base, provider, reference, secret });
  };
}
