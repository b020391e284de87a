import type { IdnowConfig } from './idnow-config.ts';
import type { LocalProvider } from './local-provider.ts';

/** The providers of a local stack. A further one is one more line here. */
export interface LocalProviders {
  readonly idnow: LocalProvider<IdnowConfig>;
}
