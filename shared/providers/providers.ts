import { datakeen } from './datakeen/provider.ts';
import { id360 } from './id360/provider.ts';
import { idnow } from './idnow/provider.ts';
import type { Provider } from './provider.ts';

/** The list of providers: the one place outside a provider's folder, and its infra entry, that names it. */
export const providers: readonly Provider[] = [idnow, id360, datakeen];
