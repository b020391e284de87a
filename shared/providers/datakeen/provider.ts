import type { Provider } from '../provider.ts';
import { datakeenEvidence } from './evidence.ts';
import { datakeenWebhook } from './webhook.ts';

export const datakeen: Provider = { name: 'datakeen', webhook: datakeenWebhook, evidence: datakeenEvidence };
