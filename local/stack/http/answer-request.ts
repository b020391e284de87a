import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AccessLogRecord } from '../records/request-records.ts';
import type { GatewayResponseType } from './gateway-responses.ts';
import type { HttpAnswer } from './http-answer.ts';
import { findRestApiMethod } from './match-route.ts';
import { convertToHttpAnswer } from './proxy-answer.ts';
import { buildProxyEvent, formatRequestTime, getSenderAddress } from './proxy-event.ts';
import { readBody } from './read-body.ts';
import type { RequestPathAndQuery } from './request-target.ts';
import type { RestApi } from './rest-api.ts';

/** The maximum size of a body that API Gateway accepts, in bytes. */
const longestBody = 10 * 1024 * 1024;
/** The maximum size of a synchronous invocation's event, in bytes. The event contains the request's body in base64. */
const longestEvent = 6 * 1024 * 1024;

/** An answer, and what only the access log says about it. */
interface LoggedAnswer {
  readonly answer: HttpAnswer;
  /** The path as the route declares it. Undefined if no route matches. */
  readonly resource?: string | undefined;
  /** The reason of an answer by API Gateway itself. */
  readonly reason?: GatewayResponseType;
}

/**
 * Answers a request as API Gateway does.
 *
 * @param record called with the line of the access log
 * @returns undefined if the sender closed the connection during the request
 */
export async function answerRequestAsApiGateway(
  api: RestApi,
  request: IncomingMessage,
  target: RequestPathAndQuery,
  record: (line: AccessLogRecord) => void,
): Promise<HttpAnswer | undefined> {
  const requestId = randomUUID();
  const arrivedAt = new Date();
  const logged = await answerLogged(api, request, target, requestId);
  if (logged === undefined) return undefined;
  const { answer, resource = '-', reason = '-' } = logged;
  record({
    requestId,
    time: formatRequestTime(arrivedAt),
    sourceIp: getSenderAddress(request),
    method: request.method ?? 'GET',
    resource,
    status: String(answer.status),
    reason,
    receiverStatus: reason === '-' ? '200' : '-',
    responseMs: String(Date.now() - arrivedAt.getTime()),
    tlsVersion: '-',
  });
  return answer;
}

async function answerLogged(
  api: RestApi,
  request: IncomingMessage,
  target: RequestPathAndQuery,
  requestId: string,
): Promise<LoggedAnswer | undefined> {
  const gateway = (reason: GatewayResponseType, resource?: string): LoggedAnswer => ({
    answer: api.gatewayResponses(reason, { requestId }),
    resource,
    reason,
  });

  const body = await readBody(request, longestBody);
  if (body === 'gone') return undefined;
  if (body === 'too-large') return gateway('REQUEST_TOO_LARGE');

  const route = findRestApiMethod(api.methods, request.method ?? 'GET', target.path);
  if (route === undefined) return gateway('MISSING_AUTHENTICATION_TOKEN');

  const { resource } = route.method;
  const sender = {
    sourceIp: getSenderAddress(request),
    stage: api.stage,
    method: request.method ?? 'GET',
    path: target.path,
  };
  if (!api.allows(sender)) return gateway('ACCESS_DENIED', resource);

  const event = buildProxyEvent(api, route, request, target, body, requestId);
  if (Buffer.byteLength(JSON.stringify(event)) > longestEvent) return gateway('REQUEST_TOO_LARGE', resource);

  const timeout = new AbortController();
  const result = await Promise.race([
    route.method.function.invoke(event),
    delay(route.method.timeoutMs, 'timed-out' as const, { signal: timeout.signal }).catch(
      () => 'timed-out' as const,
    ),
  ]);
  timeout.abort();
  if (result === 'timed-out') return gateway('INTEGRATION_TIMEOUT', resource);
  if (result.kind === 'failed') return gateway('INTEGRATION_FAILURE', resource);
  const answer = convertToHttpAnswer(result.payload, requestId);
  return answer === undefined ? gateway('INTEGRATION_FAILURE', resource) : { answer, resource };
}
