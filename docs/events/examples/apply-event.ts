import type { VerificationEvent } from 'idv-webhooks/events';

/**
 * Applies one event to your data. `skipped`: the event has nothing new for this consumer, so SQS may delete it. Throws if
 * the event cannot be applied now. SQS then delivers it again.
 */
export type ApplyEvent = (event: VerificationEvent) => Promise<'applied' | 'skipped'>;
