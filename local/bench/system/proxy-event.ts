import type { APIGatewayProxyEvent } from 'aws-lambda';
import { anonymousIdentity } from '../../stack/http/request-identity.ts';

interface WebhookOptions {
  readonly body: unknown;
  readonly authorization: string;
  /** True if the REST API passes bodies as base64, as the API of this project does. */
  readonly isBase64Encoded: boolean;
}

/** Builds the event of a POST to IDnow's webhook, as API Gateway passes it to a function. */
export function buildWebhookEvent({
  body,
  authorization,
  isBase64Encoded,
}: WebhookOptions): APIGatewayProxyEvent {
  const bytes = Buffer.from(JSON.stringify(body));
  const path = '/webhooks/idnow';
  const headers = {
    authorization,
    'content-type': 'application/json',
    host: 'abcdefghij.execute-api.eu-west-1.amazonaws.com',
    'user-agent': 'idnow',
    'x-forwarded-for': '127.0.0.1',
  };
  return {
    resource: path,
    path,
    httpMethod: 'POST',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: '000000000000',
      apiId: 'abcdefghij',
      authorizer: null,
      domainName: headers.host,
      httpMethod: 'POST',
      identity: { ...anonymousIdentity, sourceIp: '127.0.0.1', userAgent: headers['user-agent'] },
      path: `/live${path}`,
      protocol: 'HTTP/1.1',
      requestId: '0f0c3d9e-5a0b-4f5e-9f5b-1d2c3b4a5968',
      requestTime: '22/Nov/2026:10:15:00 +0000',
      requestTimeEpoch: Date.UTC(2026, 10, 22, 10, 15),
      resourceId: 'abc123',
      resourcePath: path,
      stage: 'live',
    },
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
