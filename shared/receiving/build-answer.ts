import type { APIGatewayProxyResult } from 'aws-lambda';
import { buildProblemAnswer } from './problem-answers.ts';
import type { RecordedReadingStatus } from './record-reading.ts';

/**
 * Builds the HTTP answer to a delivery. If the delivery contains one case, the body is the result of this case. If it
 * contains several cases, the body is the list of their results. If a case is quarantined, the status is 202. The
 * caller must store all results before it sends the answer.
 */
export function buildWebhookAnswer(results: readonly RecordedReadingStatus[]): APIGatewayProxyResult {
  const [first, ...others] = results;
  if (first?.status === 'quarantined' && first.reason === 'not-json') {
    return buildProblemAnswer(
      400,
      'The body is not JSON in UTF-8. It has been kept for inspection.',
      quarantineFields(first),
    );
  }
  if (first?.status === 'quarantined' && first.reason === 'too-large') {
    return buildProblemAnswer(
      413,
      'The body is larger than 1 MiB. It has been kept for inspection.',
      quarantineFields(first),
    );
  }
  return {
    statusCode: results.some(({ status }) => status === 'quarantined') ? 202 : 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(others.length === 0 ? publicPart(first) : results.map(publicPart)),
  };
}

const quarantineFields = ({
  reason,
  deliveryId,
}: Extract<RecordedReadingStatus, { status: 'quarantined' }>) => ({
  extra: { reason, deliveryId },
});

function publicPart(result: RecordedReadingStatus | undefined) {
  if (result?.status === 'accepted') return { status: result.status, sequence: result.sequence };
  return result?.status === 'duplicate' ? { status: result.status } : result;
}
