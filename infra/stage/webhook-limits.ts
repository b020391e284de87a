import * as z from 'zod';

/**
 * The limits for the webhooks of one provider. So a flood of requests at one provider's URL leaves enough capacity for
 * the other providers, the relay and the fetchers.
 */
export const WebhookLimits = z.strictObject({
  /** The requests in a second that API Gateway passes on, per path. It answers 429 to the rest. */
  requestsPerSecond: z.number().int().min(1).max(10_000).default(100),
  /** The requests that may arrive at once, per path. */
  burst: z.number().int().min(1).max(5_000).default(200),
  /**
   * The reserved concurrency of the receiver: it has always this many instances, and never more. The default of a live
   * stage is 50. Other stages reserve nothing, because a new AWS account has only 10 instances in total.
   */
  concurrency: z.number().int().min(1).max(1_000).optional(),
});
export type WebhookLimits = z.infer<typeof WebhookLimits>;

/** A receiver needs about 50 ms for a request, so 50 instances answer ten times the default rate. */
const liveConcurrency = 50;

/** Returns the limits of a provider, with the defaults of the stage. */
export function chooseWebhookLimits(given: WebhookLimits | undefined, live: boolean): WebhookLimits {
  const limits = given ?? WebhookLimits.parse({});
  return live ? { ...limits, concurrency: limits.concurrency ?? liveConcurrency } : limits;
}
