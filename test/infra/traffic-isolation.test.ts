import { describe, expect, test } from 'vitest';
import { parseStage } from '../../infra/stage.ts';
import { providerNames } from '../support/provider-names.ts';
import { liveStage, synthesizeForTest, testStage } from './synthesized.ts';

const { template } = synthesizeForTest();

type Resources = ReturnType<typeof template.findResources>;
const propertiesOf = (resources: Resources) =>
  Object.values(resources).map(({ Properties: properties }) => properties);
const reservations = (of = template): Record<string, number> =>
  Object.fromEntries(
    propertiesOf(of.findResources('AWS::Lambda::Function')).flatMap((properties) =>
      properties.ReservedConcurrentExecutions === undefined
        ? []
        : [[properties.FunctionName, properties.ReservedConcurrentExecutions]],
    ),
  );
const throttles = (of = template) =>
  propertiesOf(of.findResources('AWS::ApiGateway::Stage')).flatMap(({ MethodSettings }) =>
    MethodSettings.map((each: Record<string, unknown>) => [
      // CloudFormation writes /webhooks/idnow as /~1webhooks~1idnow.
      `${each.HttpMethod} ${String(each.ResourcePath).replace('/~1', '/').replaceAll('~1', '/')}`,
      each.ThrottlingRateLimit,
      each.ThrottlingBurstLimit,
    ]),
  );

describe('reserved concurrency', () => {
  test('in a live stage, the receiver of each provider has 50 instances, so it takes none from the relay and the fetchers', () => {
    expect(reservations()).toEqual(
      Object.fromEntries(providerNames.map((name) => [`idv-webhooks-live-receive-${name}`, 50])),
    );
  });

  test('the setting webhookLimits changes the concurrency of one receiver', () => {
    const stage = { ...liveStage, webhookLimits: { idnow: { concurrency: 7 } } };
    expect(reservations(synthesizeForTest(stage).template)).toMatchObject({
      'idv-webhooks-live-receive-idnow': 7,
      'idv-webhooks-live-receive-id360': 50,
    });
  });

  test('a stage that is not live reserves nothing, because a new account has only ten instances', () => {
    expect(reservations(synthesizeForTest(testStage).template)).toEqual({});
  });
});

describe('throttling', () => {
  test('each path of a provider has its own limit for POST, and the other methods a lower one', () => {
    expect(throttles()).toEqual([
      ['* /*', 10, 20],
      ['POST /webhooks/idnow', 100, 200],
      ['POST /webhooks/id360', 100, 200],
      ['POST /webhooks/id360/{reference}/{signature}', 100, 200],
      ['POST /webhooks/datakeen', 100, 200],
      ['POST /webhooks/datakeen/{reference}/{signature}', 100, 200],
    ]);
  });

  test('the setting webhookLimits changes the limits of one provider', () => {
    const webhookLimits = { id360: { requestsPerSecond: 5, burst: 9 } };
    expect(throttles(synthesizeForTest({ ...liveStage, webhookLimits }).template)).toEqual(
      expect.arrayContaining([
        ['POST /webhooks/idnow', 100, 200],
        ['POST /webhooks/id360', 5, 9],
        ['POST /webhooks/id360/{reference}/{signature}', 5, 9],
      ]),
    );
  });

  test('limits for a provider that the stage does not have are refused', () => {
    expect(() => parseStage({ ...liveStage, webhookLimits: { acme: {} } })).toThrow(
      'webhookLimits.acme: the stage has no provider acme',
    );
    expect(() => parseStage({ ...liveStage, webhookLimits: { idnow: { rate: 1 } } })).toThrow(/rate/);
  });
});

describe('warm throughput', () => {
  const warmThroughputs = (of = template) =>
    propertiesOf(of.findResources('AWS::DynamoDB::GlobalTable')).map(
      ({ WarmThroughput: warm }) => warm ?? null,
    );

  test('a table is prepared for more traffic only on request', () => {
    expect(warmThroughputs()).toEqual([null, null, null]);
  });

  test('the setting warmThroughput prepares the tables for more traffic', () => {
    const warmThroughput = {
      verifications: { writeUnitsPerSecond: 20_000 },
      history: { writeUnitsPerSecond: 10_000, readUnitsPerSecond: 13_000 },
    };
    expect(warmThroughputs(synthesizeForTest({ ...liveStage, warmThroughput }).template)).toEqual([
      { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 20_000 },
      { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 10_000 },
      null,
    ]);
  });
});
