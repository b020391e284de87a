import { Stack } from 'aws-cdk-lib';
import {
  EndpointType,
  type IResource,
  type IRestApi,
  LambdaIntegration,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeApiFindings } from './webhook-api-findings.ts';

/**
 * The errors that API Gateway itself answers, in the format of our answers (RFC 9457). API Gateway's 5xx errors have
 * status 503, like the errors of our functions.
 */
const gatewayAnswers = [
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: '404', title: 'Not Found' },
  { type: ResponseType.REQUEST_TOO_LARGE, status: '413', title: 'Content Too Large' },
  { type: ResponseType.THROTTLED, status: '429', title: 'Too Many Requests' },
  { type: ResponseType.DEFAULT_5XX, status: '503', title: 'Service Unavailable' },
] as const;

const retryable: readonly string[] = ['429', '503'];

/** The HTTPS endpoint that providers call: `POST /webhooks/{provider}`. */
export class WebhookApi extends Construct {
  readonly #webhooks: IResource;
  readonly rest: IRestApi;
  readonly url: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new RestApi(this, 'Rest', {
      // API Gateway's metrics have only the name of an API. With one name, the metrics of two stages in an account would
      // merge.
      restApiName: Stack.of(this).stackName,
      description: 'Webhooks of identity-verification providers',
      endpointTypes: [EndpointType.REGIONAL],
      // All bodies arrive unchanged, in base64. If bodies arrived as text, API Gateway would replace invalid UTF-8.
      binaryMediaTypes: ['*/*'],
      deployOptions: { stageName: 'v1' },
      cloudWatchRole: false,
    });
    for (const { type, status, title } of gatewayAnswers) {
      api.addGatewayResponse(`Gateway${status}`, {
        type,
        statusCode: status,
        responseHeaders: {
          'Content-Type': "'application/problem+json'",
          ...(retryable.includes(status) ? { 'Retry-After': "'5'" } : {}),
        },
        templates: {
          'application/json': JSON.stringify({ type: 'about:blank', title, status: Number(status) }),
        },
      });
    }
    this.#webhooks = api.root.addResource('webhooks');
    // The cast is necessary, because CDK's types of optional members do not fit `exactOptionalPropertyTypes`.
    this.rest = api as IRestApi;
    this.url = api.url;
    acknowledgeApiFindings(this);
  }

  /**
   * Routes all methods of a path below `/webhooks` to a function. The function answers 405 to every method except POST.
   */
  route(path: readonly string[], receiver: IFunction): void {
    const resource = path.reduce(
      (parent, part) => parent.getResource(part) ?? parent.addResource(part),
      this.#webhooks,
    );
    resource.addMethod('ANY', new LambdaIntegration(receiver));
  }
}
