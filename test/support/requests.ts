import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { WebhookRequest } from '../../shared/contract/webhook-request.ts';

/** Builds a complete webhook request. A test passes only the fields that matter to it. */
export function request(changes: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    requestId: 'request-of-api-gateway',
    method: 'POST',
    sourceIp: '127.0.0.1',
    headers: new Map(),
    pathParameters: {},
    body: Buffer.from('{}'),
    ...changes,
  };
}

/** Builds the headers of a request with basic authentication. */
export const basic = (credential: string, scheme = 'Basic') =>
  new Map([['authorization', `${scheme} ${Buffer.from(credential).toString('base64')}`]]);

/** Builds the event that API Gateway creates for a request, with only the members that our functions read. */
export function proxyEvent(changes: {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly sourceIp?: string;
  readonly body?: string | Uint8Array | null;
  readonly pathParameters?: Record<string, string> | null;
}): APIGatewayProxyEvent {
  const {
    method = 'POST',
    headers = {},
    sourceIp = '127.0.0.1',
    body = '{}',
    pathParameters = null,
  } = changes;
  const event = {
    httpMethod: method,
    headers,
    pathParameters,
    requestContext: { requestId: 'request-of-api-gateway', identity: { sourceIp } },
    body: body === null ? null : Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
  return event as unknown as APIGatewayProxyEvent;
}
