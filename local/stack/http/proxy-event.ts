import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { localAccountId } from '../aws-account.ts';
import type { MatchedRestApiMethod } from './match-route.ts';
import { anonymousIdentity } from './request-identity.ts';
import type { RequestPathAndQuery } from './request-target.ts';
import type { RestApi } from './rest-api.ts';

/**
 * HTTP headers that are valid only for one connection (hop-by-hop). API Gateway does not forward them to the function.
 */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** Builds the event that a REST API passes to a function by Lambda proxy integration (payload version 1.0). */
export function buildProxyEvent(
  api: RestApi,
  route: MatchedRestApiMethod,
  request: IncomingMessage,
  target: RequestPathAndQuery,
  body: Buffer,
  requestId: string,
): APIGatewayProxyEvent {
  const sourceIp = getSenderAddress(request);
  const multiValueHeaders = headerLists(request, sourceIp);
  const multiValueQueryStringParameters = queryLists(target.query);
  const header = (name: string) => lastValues(multiValueHeaders, (key) => key.toLowerCase() === name)[0]?.[1];
  const binary = isBinary(api.binaryMediaTypes, header('content-type'));
  const now = new Date();
  return {
    resource: route.method.resource,
    path: target.path,
    httpMethod: request.method ?? 'GET',
    headers: Object.fromEntries(lastValues(multiValueHeaders)),
    multiValueHeaders,
    queryStringParameters: orNull(Object.fromEntries(lastValues(multiValueQueryStringParameters))),
    multiValueQueryStringParameters: orNull(multiValueQueryStringParameters),
    pathParameters: orNull(route.pathParameters),
    stageVariables: null,
    requestContext: {
      accountId: localAccountId,
      apiId: api.id,
      authorizer: null,
      domainName: header('host') ?? '127.0.0.1',
      domainPrefix: api.id,
      extendedRequestId: requestId,
      httpMethod: request.method ?? 'GET',
      identity: { ...anonymousIdentity, sourceIp, userAgent: header('user-agent') ?? null },
      path: `/${api.stage}${target.path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: formatRequestTime(now),
      requestTimeEpoch: now.getTime(),
      resourceId: route.method.resourceId,
      resourcePath: route.method.resource,
      stage: api.stage,
    },
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
}

/** Returns the sender's IP address. Removes the prefix of an IPv4 address that is mapped to IPv6 (::ffff:127.0.0.1). */
export function getSenderAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}

/**
 * Returns all values of each request header. The names have the spelling of the sender: in Node's parsed `headers`, all
 * names are in lower case.
 */
function headerLists(request: IncomingMessage, sourceIp: string): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (hopByHop.has(name.toLowerCase())) continue;
    lists[name] = [...(lists[name] ?? []), request.rawHeaders[index + 1] ?? ''];
  }
  const forwarded = [...takeForwardedFor(lists), sourceIp].join(', ');
  return {
    ...lists,
    'X-Forwarded-For': [forwarded],
    'X-Forwarded-Port': ['443'],
    'X-Forwarded-Proto': ['https'],
  };
}

/**
 * Removes the headers X-Forwarded-For, -Port and -Proto, and returns the values of X-Forwarded-For. The caller appends
 * the sender's address to them.
 */
function takeForwardedFor(lists: Record<string, string[]>): string[] {
  const names = Object.keys(lists).filter((name) => /^x-forwarded-(for|port|proto)$/i.test(name));
  const claimed = names.filter((name) => /for$/i.test(name)).flatMap((name) => lists[name] ?? []);
  for (const name of names) delete lists[name];
  return claimed;
}

function queryLists(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/**
 * Returns the last value of each header or query parameter. API Gateway's event has two maps: one with all values of a
 * name, and one with the last value.
 */
function lastValues(lists: Record<string, string[]>, wanted = (_name: string) => true): [string, string][] {
  return Object.entries(lists)
    .filter(([name]) => wanted(name))
    .map(([name, values]) => [name, values.at(-1) ?? '']);
}

function orNull<T extends object>(map: T): T | null {
  return Object.keys(map).length === 0 ? null : map;
}

function isBinary(binaryMediaTypes: string[], contentType: string | undefined): boolean {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  return binaryMediaTypes.some((type) => type === '*/*' || type.toLowerCase() === mediaType);
}

/** Formats a time as `22/Nov/2026:10:15:00 +0000`. */
export function formatRequestTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
