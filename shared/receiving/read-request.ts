import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { WebhookRequest } from '../contract/webhook-request.ts';

/** Converts API Gateway's proxy event (REST API, payload version 1.0) to a request. */
export function convertToWebhookRequest(event: APIGatewayProxyEvent): WebhookRequest {
  const headers = Object.entries(event.headers ?? {});
  return {
    requestId: event.requestContext.requestId,
    method: event.httpMethod,
    sourceIp: event.requestContext.identity.sourceIp,
    headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value ?? ''])),
    pathParameters: event.pathParameters ?? {},
    // The API declares all media types as binary, so bodies arrive unchanged. If bodies arrived as text, API Gateway
    // would replace invalid UTF-8.
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}
