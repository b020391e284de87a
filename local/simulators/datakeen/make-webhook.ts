import { computeDatakeenAnalysisId, computeDatakeenEntityId } from './derived-ids.ts';

export type DatakeenWebhookStatus =
  | 'ai_approved'
  | 'ai_rejected'
  | 'verify'
  | 'user_approved'
  | 'user_rejected';

/** A webhook that Datakeen sends automatically when the session ends. */
interface SessionEnd {
  by?: 'machine';
  /** The session's status. Present if the webhook URL was set in the back office, absent if it was set for one session. */
  newStatus?: DatakeenWebhookStatus;
}

/** A webhook that Datakeen sends after an analyst decided in the back office. */
interface AnalystDecision {
  by: 'analyst';
  newStatus: DatakeenWebhookStatus;
  /** The webhook's `correlationId`: a text that the caller chose, for example a case number. */
  correlationId?: string;
}

/** The content of a Datakeen webhook: the end of a session, or an analyst's decision. */
export type DatakeenWebhookContent = SessionEnd | AnalystDecision;

export type DatakeenWebhookOptions = DatakeenWebhookContent & { sessionId: string };

/**
 * Creates the body of a Datakeen webhook. A body has one of three forms: the session id, the session id and a status, or
 * an analyst's decision. The same options always give the same body.
 *
 * @example
 * makeDatakeenWebhook({ sessionId });
 * makeDatakeenWebhook({ sessionId, newStatus: 'verify' });
 * makeDatakeenWebhook({ sessionId, by: 'analyst', newStatus: 'user_approved' });
 */
export function makeDatakeenWebhook(options: DatakeenWebhookOptions) {
  const { sessionId, newStatus } = options;
  if (options.by !== 'analyst') return { sessionId, ...(newStatus && { newStatus }) };
  return {
    analysisId: computeDatakeenAnalysisId(sessionId),
    entityId: computeDatakeenEntityId(sessionId),
    correlationId: options.correlationId ?? 'SPECIMEN-1',
    sessionId,
    newStatus,
  };
}
