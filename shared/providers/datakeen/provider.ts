import type { Provider } from '../provider.ts';
import { createDatakeenEvidenceAdapter } from './evidence.ts';
import { createDatakeenWebhookAdapter } from './webhook.ts';

export const datakeen: Provider = {
  name: 'datakeen',
  webhook: createDatakeenWebhookAdapter,
  evidence: createDatakeenEvidenceAdapter,
};
