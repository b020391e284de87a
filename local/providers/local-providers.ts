import type { providers } from '../../shared/providers/providers.ts';
import { localDatakeen } from './datakeen.ts';
import { localId360 } from './id360.ts';
import { localIdnow } from './idnow.ts';
import type { LocalProvider } from './local-provider.ts';

/** The providers that the local stack can run, by name: one for each provider in `shared/providers/providers.ts`. */
export const localProviders: Readonly<Record<keyof typeof providers, LocalProvider>> = {
  idnow: localIdnow,
  id360: localId360,
  datakeen: localDatakeen,
};
