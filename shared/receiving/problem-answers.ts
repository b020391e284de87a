import type { APIGatewayProxyResult } from 'aws-lambda';
import type { AuthenticationFailure } from '../contract/webhook-authentication.ts';

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  503: 'Service Unavailable',
} as const;
type ProblemStatus = keyof typeof titles;

/**
 * Builds an error answer (RFC 9457).
 *
 * @param detail what is wrong and what to do, without personal data. People read this text in the provider's log
 * @param extra further members, such as `deliveryId`
 */
export function buildProblemAnswer(
  status: ProblemStatus,
  detail: string,
  { headers = {}, extra = {} }: { headers?: Record<string, string>; extra?: Record<string, unknown> } = {},
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type: 'about:blank', title: titles[status], status, detail, ...extra }),
  };
}

export const methodNotAllowedAnswer = buildProblemAnswer(405, 'Webhooks are sent with POST.', {
  headers: { allow: 'POST' },
});

/**
 * The answer with status 503. Its `retry-after` is only a few seconds, because most causes of a 503 end within seconds.
 */
export const tryAgainAnswer = buildProblemAnswer(503, 'The delivery could not be stored. Send it again.', {
  headers: { 'retry-after': '5' },
});

/** The detail of status 403. API Gateway has the same answer for the addresses that its policy refuses. */
export const sourceAddressRefused = 'This source address may not send webhooks here.';

/**
 * Builds the answer to a refused request: 403 if the source address is wrong, 401 if the credential is wrong. The
 * answer contains no detail of the credential.
 */
export function buildRefusedRequestAnswer(
  { status }: AuthenticationFailure,
  challenge: string | null,
): APIGatewayProxyResult {
  if (status === 403) return buildProblemAnswer(403, sourceAddressRefused);
  return buildProblemAnswer(401, 'The credential is missing or wrong.', {
    headers: challenge === null ? {} : { 'www-authenticate': challenge },
  });
}
