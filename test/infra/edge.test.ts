import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { buildAccessLogFormat } from '../../infra/edge/access-log.ts';
import { adviseStage } from '../../infra/stage/advice.ts';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { metricNamespace } from '../../shared/platform/metrics.ts';
import { buildRefusedRequestAnswer } from '../../shared/receiving/problem-answers.ts';
import { liveStage, synthesizeForTest, testStage } from './synthesized.ts';

const { template } = synthesizeForTest();
const { id360, datakeen, ...onlyIdnow } = liveStage;
const withEdge = (edge: StageInput['edge']) =>
  synthesizeForTest({ ...onlyIdnow, edge: { cloudWatchRole: 'exists', ...edge } }).template;

/** Returns the properties of the only resource of this type. */
function propertiesOf(type: string, of: Template = template): Record<string, unknown> {
  const [resource, ...others] = Object.values(of.findResources(type));
  expect([resource !== undefined, others.length], type).toEqual([true, 0]);
  return resource?.Properties;
}
const apiOf = (of?: Template) => propertiesOf('AWS::ApiGateway::RestApi', of);
const stageOf = (of?: Template) => propertiesOf('AWS::ApiGateway::Stage', of);

describe('the resource policy of the API', () => {
  const common = { Principal: { AWS: '*' }, Action: 'execute-api:Invoke' };
  const statementsOf = (stage: StageInput) =>
    JSON.parse(JSON.stringify(apiOf(synthesizeForTest(stage).template).Policy)).Statement;
  const denyExcept = (provider: string | readonly string[], networks: readonly string[]) => ({
    ...common,
    Effect: 'Deny',
    Resource: [provider].flat().flatMap((each) => {
      const path = `execute-api:/*/*/webhooks/${each}`;
      return [path, `${path}/*`];
    }),
    Condition: { NotIpAddress: { 'aws:SourceIp': networks } },
  });
  const allow = { ...common, Effect: 'Allow', Resource: 'execute-api:/*' };

  test("the API accepts each provider's webhooks only from the provider's source addresses", () => {
    expect(statementsOf(liveStage)).toEqual([
      allow,
      denyExcept('idnow', ['213.95.145.0/27']),
      // The CDK merges statements with equal conditions.
      denyExcept(['datakeen', 'id360'], ['203.0.113.0/24']),
    ]);
  });

  test('a provider without source addresses is open to every address', () => {
    expect(statementsOf(testStage)).toEqual([
      allow,
      denyExcept('idnow', ['52.30.27.5/32', '52.48.216.0/32']),
    ]);
  });

  test('the addresses of all gateways of IDnow are accepted', () => {
    const gateways = [
      { apiUrl: 'https://gateway.online-ident.ch', companyIds: ['bank-ch'], sourceIps: ['live-ch'] },
    ];
    const idnow = { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'], gateways };
    expect(statementsOf({ ...onlyIdnow, idnow })).toEqual([
      allow,
      denyExcept('idnow', ['213.95.145.0/27', '193.169.187.168/32']),
    ]);
  });

  test('an IPv4 network that is mapped to IPv6 becomes an IPv4 network, because IAM compares only equal families', () => {
    const idnow = {
      apiUrl: 'https://idnow-proxy.example.com',
      sourceIps: ['::ffff:192.0.2.0/120', '::FFFF:198.51.100.7', '2001:db8::/32'],
    };
    expect(statementsOf({ ...onlyIdnow, idnow })[1]).toEqual(
      denyExcept('idnow', ['192.0.2.0/24', '198.51.100.7/32', '2001:db8::/32']),
    );
  });

  test('an empty list of source addresses of IDnow refuses every address', () => {
    const idnow = { apiUrl: 'https://gateway.idnow.de', sourceIps: [] };
    const { Condition, ...unconditional } = denyExcept('idnow', []);
    expect(statementsOf({ ...onlyIdnow, idnow })).toEqual([allow, unconditional]);
  });

  test('more source addresses than a resource policy can contain are refused at the synthesis', () => {
    const sourceIps = Array.from({ length: 600 }, (_, index) => `198.51.${index >> 8}.${index & 255}/32`);
    const stage = { ...onlyIdnow, idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps } };
    expect(() => synthesizeForTest(stage)).toThrow('sourceIps of the providers are too many');
  });
});

test('the API accepts only TLS 1.2 with forward secrecy and TLS 1.3, with and without a domain', () => {
  const tls = {
    SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    EndpointAccessMode: 'BASIC',
  };
  expect(apiOf()).toMatchObject(tls);
  const domain = { name: 'webhooks.bank.example', certificateArn };
  expect(propertiesOf('AWS::ApiGateway::DomainName', withEdge({ domain }))).toMatchObject(tls);
});

test("the API has the name of the stack, because API Gateway's metrics have the name of the API", () => {
  expect(apiOf()).toMatchObject({ Name: 'idv-webhooks-live' });
});

test('the console may not call the receivers with a test request, which the resource policy does not see', () => {
  const permissions = JSON.stringify(template.findResources('AWS::Lambda::Permission'));
  expect(permissions).toContain('apigateway.amazonaws.com');
  expect(permissions).not.toContain('test-invoke-stage');
});

describe('access logs', () => {
  const format = buildAccessLogFormat('live').toString();
  const line: Record<string, string> = JSON.parse(format);

  test('an access log line has the sender, the route, the status and the reason of a refusal', () => {
    expect(line).toEqual({
      stage: 'live',
      requestId: '$context.requestId',
      time: '$context.requestTime',
      sourceIp: '$context.identity.sourceIp',
      method: '$context.httpMethod',
      resource: '$context.resourcePath',
      status: '$context.status',
      reason: '$context.error.responseType',
      receiverStatus: '$context.integrationStatus',
      responseMs: '$context.responseLatency',
      tlsVersion: '$context.tlsVersion',
    });
  });

  test('an access log line has neither the path with its signature, nor a query string, nor a header', () => {
    const harmful = ['$context.path', '$context.error.message', '$context.protocol', 'querystring', 'header'];
    for (const variable of Object.values(line)) expect(harmful).not.toContain(variable);
  });

  test('the stage writes its access logs into a log group of its own, as one line of JSON', () => {
    const name = propertiesOfOutput('AccessLogGroupName');
    expect(stageOf()).toMatchObject({ AccessLogSetting: { Format: format } });
    expect(JSON.stringify(stageOf().AccessLogSetting)).toContain(JSON.stringify(name.Ref));
  });

  test('the refusals of API Gateway itself are counted in the access log, as metrics of the stage', () => {
    const filters = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(
      ({ Properties: { LogGroupName: group, FilterPattern: pattern, MetricTransformations: written } }) => {
        expect(group).toEqual(propertiesOfOutput('AccessLogGroupName'));
        return [pattern, written];
      },
    );
    const metric = { MetricNamespace: metricNamespace, MetricValue: '1' };
    const Dimensions = [{ Key: 'stage', Value: '$.stage' }];
    expect(filters).toEqual([
      ['{ $.reason = "ACCESS_DENIED" }', [{ ...metric, MetricName: 'RequestsRefusedAddress', Dimensions }]],
      [
        '{ ($.reason = "THROTTLED") || ($.reason = "WAF_FILTERED") }',
        [{ ...metric, MetricName: 'RequestsRefusedRate', Dimensions }],
      ],
    ]);
    // The patterns and the dimension read members that each line has.
    for (const member of ['reason', 'stage']) expect(line).toHaveProperty(member);
  });

  test('API Gateway writes no execution logs, because they contain signed URLs', () => {
    expect(JSON.stringify(stageOf())).not.toMatch(/LoggingLevel|DataTraceEnabled":true/);
  });

  test('a live stage must say whether the account has the role with which API Gateway writes logs', () => {
    const { edge, ...withoutEdge } = liveStage;
    expect(() => parseStage(withoutEdge)).toThrow(
      /^stage: edge\.cloudWatchRole of a live stage must be set.*"exists".*aws apigateway get-account.*"create"/,
    );
  });

  test('a stage that is not live and says nothing about the role has no access logs', () => {
    const { template: ours } = synthesizeForTest(testStage);
    expect(stageOf(ours)).not.toHaveProperty('AccessLogSetting');
    ours.resourceCountIs('AWS::Logs::MetricFilter', 0);
  });

  test('the stack creates the role of the account only on request, before the stage of the API, and keeps it', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    const creating = withEdge({ cloudWatchRole: 'create' });
    const [[account = '', { DeletionPolicy: policy = '' } = {}] = []] = Object.entries(
      creating.findResources('AWS::ApiGateway::Account'),
    );
    const [stage] = Object.values(creating.findResources('AWS::ApiGateway::Stage'));
    expect(policy).toBe('RetainExceptOnCreate');
    expect(stage?.DependsOn).toContain(account);
    creating.hasResource('AWS::IAM::Role', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [Match.objectLike({ Principal: { Service: 'apigateway.amazonaws.com' } })],
        },
      },
    });
  });
});

describe('X-Ray', () => {
  test('every function is traced', () => {
    template.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  });

  test.each([
    ['a provider takes signed URLs', liveStage, false],
    ['no provider takes signed URLs', onlyIdnow, true],
    [
      'the stage requests it',
      { ...liveStage, edge: { cloudWatchRole: 'exists', traceApi: true } } as const,
      true,
    ],
  ])('API Gateway stores URLs in traces only if they are no credentials: %s', (_when, stage, enabled) => {
    expect(stageOf(synthesizeForTest(stage).template)).toMatchObject({ TracingEnabled: enabled });
  });
});

describe('the answers of API Gateway itself', () => {
  const answerOf = (type: string) =>
    Object.values(
      template.findResources('AWS::ApiGateway::GatewayResponse', { Properties: { ResponseType: type } }),
    )[0]?.Properties;

  test.each([
    { type: 'MISSING_AUTHENTICATION_TOKEN', status: '404', title: 'Not Found', retryAfter: undefined },
    { type: 'REQUEST_TOO_LARGE', status: '413', title: 'Content Too Large', retryAfter: undefined },
    { type: 'THROTTLED', status: '429', title: 'Too Many Requests', retryAfter: "'5'" },
    { type: 'WAF_FILTERED', status: '429', title: 'Too Many Requests', retryAfter: "'5'" },
    { type: 'DEFAULT_5XX', status: '503', title: 'Service Unavailable', retryAfter: "'5'" },
  ])(
    'API Gateway answers its own error $type with a problem document and the status $status',
    ({ type, status, title, retryAfter }) => {
      const answer = answerOf(type);
      expect(answer).toMatchObject({
        StatusCode: status,
        ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
      });
      expect(answer?.ResponseParameters['gatewayresponse.header.Retry-After']).toBe(retryAfter);
      expect(JSON.parse(answer?.ResponseTemplates['application/json'])).toEqual({
        type: 'about:blank',
        title,
        status: Number(status),
      });
    },
  );

  test('API Gateway and the receivers answer a wrong source address in the same words', () => {
    const ofReceiver = buildRefusedRequestAnswer({ status: 403, reason: 'source-ip' }, null);
    const ofApi = answerOf('ACCESS_DENIED');
    expect(ofApi.StatusCode).toBe('403');
    expect(JSON.parse(ofApi.ResponseTemplates['application/json'])).toEqual(JSON.parse(ofReceiver.body));
  });

  test('every other client error keeps its status and is a problem document, too', () => {
    const answer = answerOf('DEFAULT_4XX');
    expect(answer).not.toHaveProperty('StatusCode');
    expect(answer.ResponseParameters).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    });
    expect(JSON.parse(answer.ResponseTemplates['application/json'])).toEqual({
      type: 'about:blank',
      title: 'Client Error',
    });
  });
});

const certificateArn =
  'arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';

describe('a domain of your own', () => {
  const domain = { name: 'webhooks.bank.example', certificateArn };

  test('with a domain, the default URL of the API is disabled, and all URLs have the domain', () => {
    const ours = withEdge({ domain });
    expect(apiOf(ours)).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(propertiesOf('AWS::ApiGateway::DomainName', ours)).toMatchObject({
      DomainName: domain.name,
      RegionalCertificateArn: certificateArn,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    ours.hasResourceProperties('AWS::ApiGateway::BasePathMapping', { BasePath: Match.absent() });
    ours.hasOutput('WebhooksUrl', { Value: 'https://webhooks.bank.example/webhooks/' });
    ours.hasOutput('IdnowWebhooksUrl', { Value: 'https://webhooks.bank.example/webhooks/idnow' });
    expect(JSON.stringify(ours.findOutputs('*'))).not.toContain('execute-api');
    expect(JSON.stringify(ours.findOutputs('WebhooksDomainTarget'))).toContain('RegionalDomainName');
  });

  test('without a domain, the default URL of the API is enabled', () => {
    expect(apiOf()).toMatchObject({ DisableExecuteApiEndpoint: false });
    expect(template.findOutputs('WebhooksDomainTarget')).toEqual({});
  });

  test('a certificate of another region is refused', () => {
    const elsewhere = certificateArn.replace('eu-central-1', 'us-east-1');
    expect(() => withEdge({ domain: { ...domain, certificateArn: elsewhere } })).toThrow(
      'edge.domain.certificateArn is in us-east-1, but a regional API in eu-central-1 needs',
    );
  });

  test('a certificate of another account is refused', () => {
    const elsewhere = certificateArn.replace('111122223333', '444455556666');
    expect(() => withEdge({ domain: { ...domain, certificateArn: elsewhere } })).toThrow(
      'edge.domain.certificateArn belongs to the account 444455556666, but an API in the account 111122223333 needs',
    );
  });

  test('the deployment of a live stage without a domain prints the advice to set one', () => {
    expect(adviseStage(parseStage(liveStage)).join()).toContain('set edge.domain of this live stage');
    expect(adviseStage(parseStage({ ...liveStage, edge: { cloudWatchRole: 'exists', domain } }))).toEqual([]);
    expect(adviseStage(parseStage(testStage))).toEqual([]);
  });
});

describe('a web ACL', () => {
  test('a stage has a web ACL only on request', () => {
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('a web ACL refuses an address with too many requests, and stores no samples, which contain credentials', () => {
    const ours = withEdge({ webAcl: { requestsPerFiveMinutes: 3000 } });
    const acl = propertiesOf('AWS::WAFv2::WebACL', ours);
    expect(acl).toMatchObject({
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Action: { Block: {} },
          Statement: {
            RateBasedStatement: { Limit: 3000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' },
          },
        },
      ],
    });
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
    expect(JSON.stringify(propertiesOf('AWS::WAFv2::WebACLAssociation', ours))).toMatch(/restapis.*stages/);
  });
});

function propertiesOfOutput(name: string): { Ref: string } {
  return template.findOutputs(name)[name]?.Value;
}
