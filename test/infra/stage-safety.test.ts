import { describe, expect, test } from 'vitest';
import { explainWrongAccount } from '../../infra/stage/account.ts';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { liveStage, synthesizeForTest, testStage } from './synthesized.ts';

const { account, region, idnow, id360, datakeen, ...live } = liveStage;
if (idnow === undefined || id360 === undefined || datakeen === undefined)
  throw new Error('the stage lacks a provider');

describe('the account and the region of a stage', () => {
  test.each([
    ['account and region', {}],
    ['account', { region }],
    ['region', { account }],
  ])('a live stage must set %s', (missing, place) => {
    expect(() => parseStage({ ...live, idnow, ...place })).toThrow(`a live stage must set ${missing},`);
  });

  test.each([
    ['an account without 12 digits', { account: '1234', region }, /account/],
    ['a region that does not exist', { account, region: 'Frankfurt' }, /region/],
  ])('a stage refuses %s', (_title, place, named) => {
    expect(() => parseStage({ ...live, idnow, ...place })).toThrow(named);
  });

  test('the stack of a live stage belongs to its account and region, and of a test stage to those of the shell', () => {
    expect(synthesizeForTest().stack.environment).toBe('aws://111122223333/eu-central-1');
    expect(synthesizeForTest(testStage).stack.environment).toBe('aws://unknown-account/unknown-region');
  });

  test('the credentials of another account are refused before anything is built', () => {
    expect(explainWrongAccount({ account: '111122223333' }, '444455556666')).toBe(
      'account 111122223333 is set, but the credentials of this shell belong to the account 444455556666',
    );
    expect(explainWrongAccount({ account: '111122223333' }, '111122223333')).toBeNull();
    expect(explainWrongAccount({ account: '111122223333' }, undefined)).toBeNull();
    expect(explainWrongAccount({}, '444455556666')).toBeNull();
  });
});

describe('the APIs of a live stage', () => {
  test.each([
    ['idnow', 'http://gateway.idnow.de', 'must begin with https://'],
    ['idnow', 'https://idnow.test.example.com', 'is a test environment'],
    ['id360', 'http://id360docaposte.com', 'must begin with https://'],
    ['id360', 'https://preprod.id360docaposte.com', 'is a test environment'],
    ['id360', 'https://recette.id360docaposte.com', 'is a test environment'],
    ['datakeen', 'http://app.datakeen.co', 'must begin with https://'],
    ['datakeen', 'https://staging.datakeen.co', 'is a test environment'],
  ] as const)('a live stage refuses the API of %s at %s', (provider, apiUrl, why) => {
    const stage = { ...liveStage, [provider]: { ...liveStage[provider], apiUrl } };
    expect(() => parseStage(stage)).toThrow(
      new RegExp(`^stage: ${provider}\\.apiUrl of a live stage.*${why}`),
    );
  });

  test('a stage that is not live accepts test environments, and http for a simulator', () => {
    const stage = {
      ...testStage,
      idnow: { apiUrl: 'http://127.0.0.1:9', sourceIps: ['127.0.0.1/32'] },
      id360: { apiUrl: 'https://preprod.id360docaposte.com' },
    };
    expect(parseStage(stage).providers).toHaveLength(3);
  });
});

describe('the hosts and source addresses of IDnow', () => {
  const stages = { live: liveStage, test: testStage };

  test.each([
    ['live', 'https://gateway.idnow.de', 'live-de'],
    ['live', 'https://gateway.online-ident.ch', 'live-ch'],
    ['test', 'https://gateway.test.idnow.de', 'test'],
    ['test', 'https://gateway.test.online-ident.ch', 'test-ch'],
    ['live', 'https://gateway.idnow.ae', '203.0.113.0/24'],
    ['live', 'https://gateway.idnow.de', '203.0.113.0/24'],
  ] as const)('a %s stage accepts %s with the addresses %s', (stage, apiUrl, sourceIps) => {
    expect(() => parseStage({ ...stages[stage], idnow: { apiUrl, sourceIps: [sourceIps] } })).not.toThrow();
  });

  test.each([
    ['live', 'https://gateway.idnow.de', 'live-ch'],
    ['live', 'https://gateway.idnow.de', '193.169.187.168'],
    ['live', 'https://gateway.idnow.de.', 'live-ch'],
    ['live', 'https://gateway.online-ident.ch', '213.95.145.16/28'],
    ['live', 'https://gateway.online-ident.ch', '213.95.0.0/16'],
    ['live', 'https://gateway.online-ident.ch', 'live-de'],
    ['live', 'https://gateway.idnow.ae', 'live-de'],
    ['test', 'https://gateway.test.idnow.de', 'live-de'],
    ['test', 'https://gateway.test.idnow.de', 'test-ch'],
    ['test', 'https://gateway.idnow.de', 'test'],
  ] as const)('a %s stage refuses %s with the addresses %s', (stage, apiUrl, sourceIps) => {
    expect(() => parseStage({ ...stages[stage], idnow: { apiUrl, sourceIps: [sourceIps] } })).toThrow(
      /idnow\.sourceIps/,
    );
  });

  const swiss = {
    apiUrl: 'https://gateway.online-ident.ch',
    companyIds: ['bank-ch'],
    sourceIps: ['live-ch'],
  };
  const withGateways = (...gateways: object[]) => ({ ...liveStage, idnow: { ...idnow, gateways } });
  const deploymentOf = (stage: StageInput) => parseStage(stage).providers[0]?.deployment;

  test('a stage has the accounts of several gateways, each with its own addresses', () => {
    expect(deploymentOf({ ...liveStage, idnow: { ...idnow, gateways: [swiss] } })).toMatchObject({
      receiver: { IDNOW_SOURCE_IPS: '["live-de","live-ch"]' },
      fetcher: {
        IDNOW_API_URL: 'https://gateway.idnow.de',
        IDNOW_GATEWAYS: '[{"apiUrl":"https://gateway.online-ident.ch","companyIds":["bank-ch"]}]',
      },
      systemCheck: {
        environment: {
          IDNOW_API_URL: 'https://gateway.idnow.de',
          IDNOW_GATEWAYS: '[{"apiUrl":"https://gateway.online-ident.ch","companyIds":["bank-ch"]}]',
        },
      },
    });
  });

  test.each([
    [
      'has the addresses of another gateway',
      [{ ...swiss, sourceIps: ['live-de'] }],
      /gateways\[0\]\.sourceIps/,
    ],
    ['names no account', [{ ...swiss, companyIds: [] }], /gateways\[0\]\.companyIds/],
    ['names an account that another gateway names', [swiss, swiss], /bank-ch twice/],
    [
      'is a test environment',
      [{ ...swiss, apiUrl: 'https://gateway.test.online-ident.ch', sourceIps: ['203.0.113.0/24'] }],
      /idnow\.gateways\.0\.apiUrl of a live stage is gateway\.test\.online-ident\.ch/,
    ],
  ])('a live stage refuses a gateway that %s', (_title, gateways, why) => {
    expect(() => parseStage(withGateways(...gateways))).toThrow(why);
  });
});

describe('the environment of a function', () => {
  const key = `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(736)}\n-----END PUBLIC KEY-----`;

  test('an environment that Lambda would refuse fails at the synthesis, and the error names the largest variable', () => {
    const companyIds = [...Array(6).keys()].map((index) => `${index}${key}`);
    const gateways = [{ apiUrl: 'https://gateway.online-ident.ch', companyIds, sourceIps: ['live-ch'] }];
    expect(() => synthesizeForTest({ ...liveStage, idnow: { ...idnow, gateways } })).toThrow(
      /^stage: the environment of fetch-idnow-evidence has \d{4} bytes, but Lambda accepts 4096\. The largest variables: IDNOW_GATEWAYS \(\d+\)/,
    );
  });

  test('the environments of all functions of the stages are far below the limit of Lambda', () => {
    expect(() => synthesizeForTest(liveStage)).not.toThrow();
  });
});

describe('the protection of data', () => {
  const policiesOf = (stage: StageInput, type: string) =>
    Object.values(synthesizeForTest(stage).template.findResources(type)).map(
      ({ DeletionPolicy: onDelete, UpdateReplacePolicy: onReplace, Properties: properties }) => ({
        onDelete,
        onReplace,
        isProtected: properties.Replicas?.[0].DeletionProtectionEnabled,
      }),
    );

  test('nobody can delete the stack or the tables of a live stage by mistake', () => {
    expect(synthesizeForTest().stack.terminationProtection).toBe(true);
    const kept = { onDelete: 'Retain', onReplace: 'Retain', isProtected: true };
    expect(policiesOf(liveStage, 'AWS::DynamoDB::GlobalTable')).toEqual([
      kept,
      kept,
      expect.objectContaining({ onDelete: 'Delete' }),
    ]);
  });

  test.each(['AWS::SecretsManager::Secret', 'AWS::S3::Bucket'])(
    'each %s of a live stage survives its stack, but not the rollback of a first deployment',
    (type) => {
      for (const policy of policiesOf(liveStage, type))
        expect(policy).toMatchObject({ onDelete: 'RetainExceptOnCreate', onReplace: 'Retain' });
    },
  );

  test('the names of the tables and of the bucket are generated, so one that is left over blocks no deployment', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'])
      for (const { Properties: properties } of Object.values(
        synthesizeForTest().template.findResources(type),
      )) {
        expect(properties).not.toHaveProperty('TableName');
        expect(properties).not.toHaveProperty('BucketName');
      }
  });

  test('a test stage can keep its data, and a live stage cannot give it up', () => {
    const { template } = synthesizeForTest({ ...testStage, deleteDataWithStack: false });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(() => parseStage({ ...liveStage, deleteDataWithStack: true })).toThrow(
      'a live stage must not set deleteDataWithStack',
    );
  });

  test('a stage that locks objects keeps its data, because its stack could not empty the bucket', () => {
    const locked = {
      ...testStage,
      retentionDays: 365,
      evidenceProtection: { objectLock: 'governance' },
    } as const;
    expect(parseStage(locked).deleteDataWithStack).toBe(false);
    expect(() => parseStage({ ...locked, deleteDataWithStack: true })).toThrow(
      'deleteDataWithStack and objectLock exclude each other',
    );
  });

  test('a destroyed test stage leaves nothing behind: its stack also empties the buckets', () => {
    const { template, stack } = synthesizeForTest(testStage);
    expect(stack.terminationProtection).toBe(false);
    const kept = Object.values<{ Type: string; DeletionPolicy?: string }>(template.toJSON().Resources).filter(
      ({ DeletionPolicy: policy }) => policy !== undefined && policy !== 'Delete',
    );
    expect(kept).toEqual([]);
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
    for (const { isProtected } of policiesOf(testStage, 'AWS::DynamoDB::GlobalTable'))
      expect(isProtected).not.toBe(true);
  });
});
