import type { Provider } from '../provider.ts';
import { createId360EvidenceAdapter } from './evidence.ts';
import { createId360WebhookAdapter } from './webhook.ts';

/** The provider ID360, a service of Docaposte. */
export const id360: Provider = {
  name: 'id360',
  webhook: createId360WebhookAdapter,
  evidence: createId360EvidenceAdapter,
};
