import type { Provider } from '../provider.ts';
import { id360Evidence } from './evidence.ts';
import { id360Webhook } from './webhook.ts';

/** The provider ID360, a service of Docaposte. */
export const id360: Provider = { name: 'id360', webhook: id360Webhook, evidence: id360Evidence };
