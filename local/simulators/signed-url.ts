import type { ProviderName } from '../../shared/contract/provider-name.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import type { ScenarioRun } from './scenario.ts';

/** Creates a function that builds the signed URL for the reference of a scenario run. */
export function createUrlSigner(provider: ProviderName, secret: string) {
  /** @param url the provider's webhook URL, without a reference and a signature */
  return (url: string, { reference }: ScenarioRun): string => {
    const base = url.replace(new RegExp(`/${provider}$`), '');
    return signCallbackUrl({ base, provider, reference, secret });
  };
}
