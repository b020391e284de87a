import type { Provider } from '../provider.ts';
import { idnowEvidence } from './evidence.ts';
import { idnowWebhook } from './webhook.ts';

/** IDnow AutoIdent. */
export const idnow: Provider = { name: 'idnow', webhook: idnowWebhook, evidence: idnowEvidence };
