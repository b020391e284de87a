import { analysisIdOf, entityIdOf } from './derived-ids.ts';

export type NewStatus = 'ai_approved' | 'ai_rejected' | 'verify' | 'user_approved' | 'user_rejected';

/** The end of a session. */
interface SessionEnd {
  by?: 'machine';
  /** Absent where the address was given with the session (v1), and not in the back office. */
  newStatus?: NewStatus;
}

/** What an analyst decides in the back office. */
interface Decision {
  by: 'analyst';
  newStatus: NewStatus;
  /** A text of the caller's. */
  correlationId?: string;
}

export type News = SessionEnd | Decision;

export type WebhookOptions = News & { sessionId: string };

/**
 * The body of a webhook, in one of the provider's three forms. The same options always make the same body.
 *
 * @example
 * makeWebhook({ sessionId });
 * makeWebhook({ sessionId, newStatus: 'verify' });
 * makeWebhook({ sessionId, by: 'analyst', newStatus: 'user_approved' });
 */
export function makeWebhook(options: WebhookOptions) {
  const { sessionId, newStatus } = options;
  if (options.by !== 'analyst') return { sessionId, ...(newStatus && { newStatus }) };
  return {
    analysisId: analysisIdOf(sessionId),
    entityId: entityIdOf(sessionId),
    correlationId: options.correlationId ?? 'SPECIMEN-1',
    sessionId,
    newStatus,
  };
}
