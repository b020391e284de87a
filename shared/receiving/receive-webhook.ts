import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import { instant } from '../parsing/instant.ts';
import type { Secret } from '../platform/secrets.ts';
import type { WebhookSource } from '../providers/provider.ts';
import { packBody } from '../verifications/pack-body.ts';
import { answer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { guardOf } from './guards/guard-of.ts';
import { interpret } from './interpret.ts';
import { methodNotAllowed, refused, tryAgain } from './problem.ts';
import { readRequest } from './read-request.ts';
import { type Result, recordReading, type Stores } from './record-reading.ts';
import type { ReceivingReport } from './report.ts';

export interface ReceivingDependencies {
  readonly secret: Secret;
  readonly stores: Stores;
  readonly report: ReceivingReport;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * The Lambda handler of a provider's webhook: authenticate → parse and normalize → decide and record →
 * answer. Whatever fails on the way to a durable write is a 503, and the provider sends it again.
 */
export function receiveWebhook(source: WebhookSource, dependencies: ReceivingDependencies) {
  const { report } = dependencies;
  const guard = guardOf(source);
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const request = readRequest(event);
    if (request.method !== 'POST') return methodNotAllowed;
    try {
      const refusal = await authenticate(guard, dependencies.secret, request);
      if (refusal !== null) {
        report.refused(refusal);
        return refused(refusal, source.challenge);
      }
      return answer(await recordAll(source, dependencies, request));
    } catch (error) {
      report.failed(error);
      return tryAgain;
    } finally {
      report.flush();
    }
  };
}

/** One after the other, because a wrapper may hold the same case twice. */
async function recordAll(
  source: WebhookSource,
  { stores, report, now, newId }: ReceivingDependencies,
  request: WebhookRequest,
): Promise<Result[]> {
  const requestId = newId();
  const body = await packBody(request.body);
  const received = { provider: source.provider, receivedAt: instant(now()), body };
  const results: Result[] = [];
  for (const [index, reading] of interpret(source, request).entries()) {
    const deliveryId = index === 0 ? requestId : `${requestId}.${index + 1}`;
    const result = await recordReading(stores, { ...received, deliveryId }, reading);
    report.recorded(reading, result);
    results.push(result);
  }
  return results;
}
