import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnRestApi,
  EndpointType,
  type IResource,
  type IRestApi,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { addCloudWatchRole, buildAccessLogFormat } from './edge/access-log.ts';
import { addCustomDomain, tlsSettings } from './edge/custom-domain.ts';
import { addGatewayAnswers } from './edge/gateway-answers.ts';
import { addRefusalMetrics } from './edge/refusal-metrics.ts';
import { buildResourcePolicy } from './edge/resource-policy.ts';
import { addWebAcl } from './edge/web-acl.ts';
import { listWebhookPaths } from './edge/webhook-paths.ts';
import type { Foundation } from './foundation.ts';
import type { ProviderInStage, Stage } from './stage.ts';
import { acknowledgeApiFindings } from './webhook-api-findings.ts';

/**
 * The limit for each method that no provider uses: all methods except POST. The receiver answers 405 to them.
 */
const otherMethods = { throttlingRateLimit: 10, throttlingBurstLimit: 20 };

interface WebhookApiProps {
  readonly stage: Pick<Stage, 'name' | 'edge' | 'providers'>;
  readonly foundation: Foundation;
}

/** The HTTPS endpoint that providers call: `POST /webhooks/{provider}`. */
export class WebhookApi extends Construct {
  readonly #webhooks: IResource;
  readonly rest: IRestApi;
  readonly url: string;
  /** The log of all requests. Undefined if the stage has no access logs. */
  readonly accessLogs: ILogGroup | undefined;
  /** The name that the DNS record of the custom domain must point to. Undefined without a custom domain. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { stage, foundation }: WebhookApiProps) {
    super(scope, id);
    const { name, edge, providers } = stage;
    const { cloudWatchRole, domain, webAcl } = edge;
    this.accessLogs = cloudWatchRole === undefined ? undefined : createAccessLogs(this, foundation);
    const isTraced = edge.traceApi ?? providers.every((provider) => !provider.stage.takesSignedUrls);
    const api = new RestApi(this, 'Rest', {
      // API Gateway's metrics have only the name of an API. With one name, the metrics of two stages in an account would
      // merge.
      restApiName: Stack.of(this).stackName,
      description: 'Webhooks of identity-verification providers',
      endpointTypes: [EndpointType.REGIONAL],
      // All bodies arrive unchanged, in base64. If bodies arrived as text, API Gateway would replace invalid UTF-8.
      binaryMediaTypes: ['*/*'],
      policy: buildResourcePolicy(providers),
      disableExecuteApiEndpoint: domain !== undefined,
      deployOptions: {
        stageName: 'v1',
        tracingEnabled: isTraced,
        ...otherMethods,
        methodOptions: Object.fromEntries(providers.flatMap(throttleWebhooks)),
        ...(this.accessLogs === undefined
          ? {}
          : {
              accessLogFormat: buildAccessLogFormat(name),
              accessLogDestination: new LogGroupLogDestination(this.accessLogs),
            }),
      },
      cloudWatchRole: false,
    });
    const { defaultChild } = api.node;
    if (!(defaultChild instanceof CfnRestApi)) throw new Error('the REST API has no CloudFormation resource');
    Object.assign(defaultChild, tlsSettings);
    addGatewayAnswers(api);
    if (cloudWatchRole === 'create') addCloudWatchRole(this, api);
    if (webAcl !== undefined) addWebAcl(this, api, webAcl);
    // The CDK's own output shows the default URL, which is disabled if there is a domain.
    if (domain !== undefined) api.node.tryRemoveChild('Endpoint');
    this.domainTarget = domain && addCustomDomain(this, api, domain);
    this.#webhooks = api.root.addResource('webhooks');
    // The cast is necessary, because CDK's types of optional members do not fit `exactOptionalPropertyTypes`.
    this.rest = api as IRestApi;
    this.url = domain === undefined ? api.url : `https://${domain.name}/`;
    acknowledgeApiFindings(this, {
      isTraced,
      hasAccessLogs: this.accessLogs !== undefined,
      hasWebAcl: webAcl !== undefined,
    });
  }

  /**
   * Routes all methods of a provider's paths to its receiver. The receiver answers 405 to every method except POST. POST
   * is a method of its own, because only it has the provider's limits.
   */
  route(provider: ProviderInStage, receiver: IFunction): void {
    // Without the permissions for test calls, nobody can bypass the policy of the API in the console.
    const integration = new LambdaIntegration(receiver, { allowTestInvoke: false });
    for (const path of listWebhookPaths(provider)) {
      const resource = path.reduce(
        (parent, part) => parent.getResource(part) ?? parent.addResource(part),
        this.#webhooks,
      );
      for (const method of ['POST', 'ANY']) resource.addMethod(method, integration);
    }
  }
}

function createAccessLogs(scope: Construct, { key, logDays }: Foundation): LogGroup {
  const accessLogs = new LogGroup(scope, 'AccessLogs', {
    retention: logDays,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  addRefusalMetrics(accessLogs);
  return accessLogs;
}

/** Returns the limits of a provider's webhooks, by path and method. */
function throttleWebhooks(provider: ProviderInStage): [string, MethodDeploymentOptions][] {
  const { requestsPerSecond, burst } = provider.limits;
  const limits = { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: burst };
  return listWebhookPaths(provider).map((path) => [`/webhooks/${path.join('/')}/POST`, limits]);
}
