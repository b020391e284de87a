import type { Provider } from '../provider.ts';
import { createIdnowEvidenceAdapter } from './evidence.ts';
import { createIdnowWebhookAdapter } from './webhook.ts';

/** The provider IDnow, for its product AutoIdent. */
export const idnow: Provider = {
  name: 'idnow',
  webhook: createIdnowWebhookAdapter,
  evidence: createIdnowEvidenceAdapter,
};
