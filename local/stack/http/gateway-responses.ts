import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import { cloudFormationNumberSchema, parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource, StackTemplate } from '../template/stack-template.ts';
import type { HttpAnswer } from './http-answer.ts';

/**
 * The errors that API Gateway answers itself, with AWS's default status and message. For INTEGRATION_FAILURE, AWS
 * documents the status 504. But with a Lambda proxy integration, API Gateway answers 502 if the function fails or
 * returns an invalid answer.
 */
const awsDefaults = {
  ACCESS_DENIED: { status: 403, message: 'Forbidden' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
} as const;

export type GatewayResponseType = keyof typeof awsDefaults;

const gatewayResponseProperties = z.object({
  ResponseType: z.string(),
  StatusCode: cloudFormationNumberSchema.optional(),
  ResponseParameters: z.record(z.string().regex(/^gatewayresponse\.header\./), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).optional(),
});

type GatewayResponse = z.output<typeof gatewayResponseProperties>;

export type GatewayResponses = (type: GatewayResponseType, context: { requestId: string }) => HttpAnswer;

/**
 * Reads from the CloudFormation template how API Gateway answers errors itself. If the template does not define an
 * error, AWS's default applies.
 */
export function readGatewayResponses(template: StackTemplate): GatewayResponses {
  const defined = new Map<string, GatewayResponse>();
  for (const resource of template.resources('AWS::ApiGateway::GatewayResponse')) {
    const response = parseResourceProperties(gatewayResponseProperties, resource);
    refuseUnknownExpressions(resource, response);
    defined.set(response.ResponseType, response);
  }
  return (type, { requestId }) => {
    const { status, message } = awsDefaults[type];
    const response =
      type === 'REQUEST_TOO_LARGE'
        ? undefined
        : (defined.get(type) ?? defined.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'));
    const values: Record<string, string> = {
      'context.requestId': requestId,
      'context.error.message': message,
      'context.error.messageString': JSON.stringify(message),
      'context.error.responseType': type,
    };
    const [contentType, body] = bodyTemplate(response);
    const headers = Object.entries(response?.ResponseParameters ?? {}).map(
      ([name, value]): [string, string] => [
        name.replace('gatewayresponse.header.', ''),
        literal(value) ?? values[value] ?? '',
      ],
    );
    const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
    const own: [string, string][] = [['x-amzn-RequestId', requestId]];
    return {
      status: response?.StatusCode ?? status,
      headers: [...own, ...(typed ? headers : [contentTypeHeader(contentType), ...headers])],
      body: Buffer.from(body.replace(contextVariable, (_match, name: string) => values[name] ?? '')),
    };
  };
}

const contextVariable = /\$(context\.[A-Za-z.]+)/g;
const knownVariables = [
  'context.requestId',
  'context.error.message',
  'context.error.messageString',
  'context.error.responseType',
];

function bodyTemplate(response: GatewayResponse | undefined): [string, string] {
  const templates = Object.entries(response?.ResponseTemplates ?? {});
  const json = templates.find(([contentType]) => contentType === 'application/json');
  return json ?? templates[0] ?? ['application/json', '{"message":$context.error.messageString}'];
}

function contentTypeHeader(contentType: string): [string, string] {
  return ['Content-Type', contentType];
}

function literal(value: string): string | undefined {
  return /^'(.*)'$/s.exec(value)?.[1];
}

function refuseUnknownExpressions(resource: ResolvedResource, response: GatewayResponse): void {
  const inTemplates = Object.values(response.ResponseTemplates ?? {}).flatMap((template) =>
    [...template.matchAll(contextVariable)].map(([, name]) => name ?? ''),
  );
  const inHeaders = Object.values(response.ResponseParameters).filter(
    (value) => literal(value) === undefined,
  );
  const unknown = [...inTemplates, ...inHeaders].filter((name) => !knownVariables.includes(name));
  if (unknown.length === 0) return;
  throw new TemplateError(
    `${resource.logicalId} uses ${unknown.join(', ')}, which the local gateway does not know`,
  );
}
