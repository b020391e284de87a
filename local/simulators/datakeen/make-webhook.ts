import { analysisIdOf, entityIdOf } from './derived-ids.ts';

export type NewStatus = 'ai_approved' | 'ai_rejected' | 'verify' | 'user_approved' | 'user_rejected';

/** The webhook at the end of a session. */
interface SessionEnd {
  by?: 'machine';
  /** Absent if the webhook URL was set for this session (v1) and not in the back office. */
  newStatus?: NewStatus;
}

/** The webhook after an analyst's decision in the back office. */
interface AnalystDecision {
  by: 'analyst';
  newStatus: NewStatus;
  /** A text that the caller chose. */
  correlationId?: string;
}

/** What a webhook reports: the end of a session, or an analyst's decision. */
export type News = SessionEnd | AnalystDecision;

export type WebhookOptions = News & { sessionId: string };

/**
 * Makes the body of a webhook, in one of Datakeen's three forms. The same options always make the same body.
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
