import { localDatakeen } from './datakeen.ts';
import { localId360 } from './id360.ts';
import { localIdnow } from './idnow.ts';
import type { LocalConfig } from './local-config.ts';

export type LocalProviders = Awaited<ReturnType<typeof startProviders>>;

/** The providers of a local stack, with their simulators. A further one is one more line here. */
export async function startProviders(config: LocalConfig) {
  return {
    idnow: await localIdnow(config.idnow),
    id360: await localId360(config.id360),
    datakeen: await localDatakeen(config.datakeen),
  };
}
