import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpAnswer } from './http-answer.ts';
import { findRestApiMethod } from './match-route.ts';
import { convertToHttpAnswer } from './proxy-answer.ts';
import { buildProxyEvent, getSenderAddress } from './proxy-event.ts';
import { readBody } from './read-body.ts';
import type { RequestPathAndQuery } from './request-target.ts';
import type { RestApi } from './rest-api.ts';

/** The maximum size of a body that API Gateway accepts, in bytes. */
const longestBody = 10 * 1024 * 1024;
/** The maximum size of a synchronous invocation's event, in bytes. The event contains the request's body in base64. */
const longestEvent = 6 * 1024 * 1024;

/** Answers a request as API Gateway does. @returns undefined if the sender closed the connection during the request */
export async function answerRequestAsApiGateway(
  api: RestApi,
  request: IncomingMessage,
  target: RequestPathAndQuery,
): Promise<HttpAnswer | undefined> {
  const requestId = randomUUID();
  const gateway = (type: Parameters<typeof api.gatewayResponses>[0]) =>
    api.gatewayResponses(type, { requestId });

  const body = await readBody(request, longestBody);
  if (body === 'gone') return undefined;
  if (body === 'too-large') return gateway('REQUEST_TOO_LARGE');

  const route = findRestApiMethod(api.methods, request.method ?? 'GET', target.path);
  if (route === undefined) return gateway('MISSING_AUTHENTICATION_TOKEN');

  const sender = {
    sourceIp: getSenderAddress(request),
    stage: api.stage,
    method: request.method ?? 'GET',
    path: target.path,
  };
  if (!api.allows(sender)) return gateway('ACCESS_DENIED');

  const event = buildProxyEvent(api, route, request, target, body, requestId);
  if (Buffer.byteLength(JSON.stringify(event)) > longestEvent) return gateway('REQUEST_TOO_LARGE');

  const timeout = new AbortController();
  const result = await Promise.race([
    route.method.function.invoke(event),
    delay(route.method.timeoutMs, 'timed-out' as const, { signal: timeout.signal }).catch(
      () => 'timed-out' as const,
    ),
  ]);
  timeout.abort();
  if (result === 'timed-out') return gateway('INTEGRATION_TIMEOUT');
  if (result.kind === 'failed') return gateway('INTEGRATION_FAILURE');
  return convertToHttpAnswer(result.payload, requestId) ?? gateway('INTEGRATION_FAILURE');
}
