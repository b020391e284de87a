import type { providerStageSections } from '../../shared/providers/providers.ts';
import { localDatakeenProvider } from './datakeen.ts';
import { localId360Provider } from './id360.ts';
import { localIdnowProvider } from './idnow.ts';
import type { LocalProvider } from './local-provider.ts';

/** The providers that the local stack can run, by name: one for each provider in `shared/providers/providers.ts`. */
export const localProviders: Readonly<Record<keyof typeof providerStageSections, LocalProvider>> = {
  idnow: localIdnowProvider,
  id360: localId360Provider,
  datakeen: localDatakeenProvider,
};
