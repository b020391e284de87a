import type { Provider } from '../provider.ts';
import { idnowEvidence } from './evidence.ts';
import { idnowWebhook } from './webhook.ts';

/** The provider IDnow, for its product AutoIdent. */
export const idnow: Provider = { name: 'idnow', webhook: idnowWebhook, evidence: idnowEvidence };
