import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import { formatInstant } from '../parsing/instant.ts';
import type { CachedSecret } from '../platform/secrets.ts';
import type { WebhookAdapter } from '../providers/provider.ts';
import { compressBody } from '../verifications/compress-body.ts';
import { authenticateRequest } from './authenticate.ts';
import { buildWebhookAnswer } from './build-answer.ts';
import { compileProviderGuard } from './guards/compile-guard.ts';
import { parseRequestIntoReadings } from './interpret-request.ts';
import { buildRefusedRequestAnswer, methodNotAllowedAnswer, tryAgainAnswer } from './problem-answers.ts';
import { convertToWebhookRequest } from './read-request.ts';
import type { DeliveryReporter } from './receiving-report.ts';
import { type ReceiverStores, type RecordedReadingStatus, recordReading } from './record-reading.ts';

export interface ReceiverDependencies {
  readonly secret: CachedSecret;
  readonly stores: ReceiverStores;
  readonly report: DeliveryReporter;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * Creates the Lambda handler of a provider's webhook. The handler authenticates the request, parses it, decides about
 * each case, records each decision, and answers. If anything fails before the write, the answer is 503, and the
 * provider sends the delivery again.
 */
export function receiveWebhook(source: WebhookAdapter, dependencies: ReceiverDependencies) {
  const { report } = dependencies;
  const guard = compileProviderGuard(source);
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const request = convertToWebhookRequest(event);
    if (request.method !== 'POST') return methodNotAllowedAnswer;
    try {
      const refusal = await authenticateRequest(guard, dependencies.secret, request);
      if (refusal !== null) {
        report.refused(refusal);
        return buildRefusedRequestAnswer(refusal, source.challenge);
      }
      return buildWebhookAnswer(await recordAll(source, dependencies, request));
    } catch (error) {
      report.failed(error);
      return tryAgainAnswer;
    } finally {
      report.flush();
    }
  };
}

/**
 * Records the cases of a request one after the other, not in parallel, because a request may contain the same case
 * twice.
 */
async function recordAll(
  source: WebhookAdapter,
  { stores, report, now, newId }: ReceiverDependencies,
  request: WebhookRequest,
): Promise<RecordedReadingStatus[]> {
  const requestId = newId();
  const body = await compressBody(request.body);
  const received = { provider: source.provider, receivedAt: formatInstant(now()), body };
  const results: RecordedReadingStatus[] = [];
  for (const [index, reading] of parseRequestIntoReadings(source, request).entries()) {
    const deliveryId = index === 0 ? requestId : `${requestId}.${index + 1}`;
    const result = await recordReading(stores, { ...received, deliveryId }, reading);
    report.recorded(reading, result);
    results.push(result);
  }
  return results;
}
