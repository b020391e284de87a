import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import { formatInstant } from '../parsing/instant.ts';
import type { CachedSecret } from '../platform/secrets.ts';
import type { WebhookAdapter } from '../providers/provider.ts';
import type { Delivery } from '../verifications/delivery.ts';
import { storeRawBody } from '../verifications/raw-body.ts';
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
  /** The version of this software, which the history records. */
  readonly softwareVersion: string;
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
    const arrivedAt = dependencies.now().getTime();
    try {
      const refusal = await authenticateRequest(guard, dependencies.secret, request);
      if (refusal !== null) {
        report.refused(refusal, request);
        return buildRefusedRequestAnswer(refusal, source.challenge);
      }
      return buildWebhookAnswer(await recordAll(source, dependencies, request));
    } catch (error) {
      report.failed(error, request);
      return tryAgainAnswer;
    } finally {
      report.answered((dependencies.now().getTime() - arrivedAt) / 1000);
    }
  };
}

/**
 * Records the cases of a request one after the other, not in parallel, because a request may contain the same case
 * twice.
 */
async function recordAll(
  source: WebhookAdapter,
  { stores, report, now, newId, softwareVersion }: ReceiverDependencies,
  request: WebhookRequest,
): Promise<RecordedReadingStatus[]> {
  const requestId = newId();
  const received = {
    provider: source.provider,
    receivedAt: formatInstant(now()),
    sourceIp: request.sourceIp,
    ...readSignedPath(request),
    softwareVersion,
    body: storeRawBody(request.body),
  };
  const results: RecordedReadingStatus[] = [];
  for (const [index, reading] of parseRequestIntoReadings(source, request).entries()) {
    const deliveryId = index === 0 ? requestId : `${requestId}.${index + 1}`;
    const result = await recordReading(stores, { ...received, deliveryId }, reading);
    report.recorded(reading, result, request);
    results.push(result);
  }
  return results;
}

/** Reads the signed part of the path. Its signature is valid, because the request would be refused otherwise. */
function readSignedPath({ pathParameters }: WebhookRequest): Pick<Delivery, 'reference' | 'signature'> {
  const { reference = null } = pathParameters;
  return { reference, signature: reference === null ? 'none' : 'valid' };
}
