import { describe, expect, test } from 'vitest';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { evidenceBucketId, liveStage, synthesizeForTest, testStage } from './synthesized.ts';

type Protection = NonNullable<StageInput['evidenceProtection']>;

const live = (evidenceProtection: Protection, retentionDays = 1827): StageInput => ({
  ...liveStage,
  retentionDays,
  evidenceProtection,
});
const protectionOf = (stage: StageInput) => parseStage(stage).bucketProtection;

/** Removes two providers. The protection of the bucket does not depend on them, and the synthesis is shorter. */
const withOnlyIdnow = ({ id360, datakeen, ...stage }: StageInput): StageInput => stage;

function bucketOf(stage: StageInput) {
  const { template } = synthesizeForTest(stage);
  return template.findResources('AWS::S3::Bucket')[evidenceBucketId(template)]?.Properties;
}

describe('Object Lock', () => {
  test('a stage without a lock still has a bucket with Object Lock, because enabling it later would replace the bucket', () => {
    expect(protectionOf(liveStage).lock).toBeNull();
    const bucket = bucketOf(liveStage);
    expect(bucket.ObjectLockEnabled).toBe(true);
    expect(bucket).not.toHaveProperty('ObjectLockConfiguration');
    expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  test.each([
    ['governance', 'GOVERNANCE'],
    ['compliance', 'COMPLIANCE'],
  ] as const)(
    'a stage with the mode %s locks each new object in this mode for the days of the stage',
    (objectLock, mode) => {
      const stage = withOnlyIdnow(live({ objectLock, lockDays: 1000 }));
      expect(bucketOf(stage).ObjectLockConfiguration).toEqual({
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: mode, Days: 1000 } },
      });
    },
  );

  test('the default lock ends before the case expires, also for evidence that arrives seven days after the decision', () => {
    expect(protectionOf(live({ objectLock: 'compliance' })).lock).toEqual({
      mode: 'compliance',
      days: 1827 - 7,
    });
    const { idnow, id360, ...onlyDatakeen } = live({ objectLock: 'compliance' });
    expect(protectionOf(onlyDatakeen).lock?.days).toBe(1827 - 3);
  });

  test.each<[string, Protection, number, RegExp]>([
    [
      'a lock that may be longer than the retention of a case',
      { objectLock: 'compliance', lockDays: 1821 },
      1827,
      /lockDays 1821 is too long.*set lockDays to 1820 or less/,
    ],
    ['a lock without days to spare', { objectLock: 'governance' }, 7, /set more retentionDays/],
    ['days of a lock without a lock', { lockDays: 30 }, 1827, /lockDays has no effect without objectLock/],
    ['an unknown mode', { objectLock: 'legal' as 'off' }, 1827, /objectLock/],
    ['an unknown setting', { lockYears: 5 } as Protection, 1827, /lockYears/],
  ])('parseStage refuses %s', (_title, protection, retentionDays, message) => {
    expect(() => parseStage(live(protection, retentionDays))).toThrow(message);
  });

  test('the longest lock that parseStage accepts ends when the case expires', () => {
    expect(protectionOf(live({ objectLock: 'compliance', lockDays: 1820 })).lock?.days).toBe(1820);
  });
});

describe('cold storage', () => {
  const transitionsOf = (stage: StageInput) =>
    bucketOf(stage).LifecycleConfiguration.Rules.filter((rule: object) => 'Transitions' in rule);

  test('a live stage moves evidence to cold storage after 90 days, and nothing else', () => {
    expect(transitionsOf(liveStage)).toMatchObject([
      {
        Prefix: 'evidence/',
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }],
      },
    ]);
  });

  test.each([
    ['with another number of days', withOnlyIdnow(live({ coldStorageAfterDays: 30 })), 30],
    ['with never', withOnlyIdnow(live({ coldStorageAfterDays: 'never' })), null],
    ['that keeps cases for a month', testStage, null],
    ['that keeps cases for 180 days', withOnlyIdnow(live({}, 180)), 90],
    ['that keeps cases for 179 days', withOnlyIdnow(live({}, 179)), null],
  ] as const)('a stage %s moves evidence after the right time', (_title, stage, days) => {
    expect(protectionOf(stage).coldStorageAfterDays).toBe(days);
    expect(transitionsOf(stage)).toHaveLength(days === null ? 0 : 1);
  });

  test('parseStage refuses cold storage that a case leaves too early, because S3 charges at least 90 days', () => {
    expect(() => parseStage(live({ coldStorageAfterDays: 91 }, 180))).toThrow(
      /coldStorageAfterDays 91.*'never'/,
    );
  });
});

describe('access logs', () => {
  test('S3 logs each request to the evidence bucket in the other bucket, which deletes logs after a year', () => {
    const { template } = synthesizeForTest(liveStage);
    const { LoggingConfiguration: logging } = bucketOf(liveStage);
    expect(logging).toEqual({
      DestinationBucketName: { Ref: expect.any(String) },
      LogFilePrefix: 'evidence/',
    });
    const logs = template.findResources('AWS::S3::Bucket')[logging.DestinationBucketName.Ref]?.Properties;
    expect(logs.LifecycleConfiguration.Rules).toMatchObject([
      { ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    ]);
    // S3 delivers no access logs to a bucket with Object Lock or with a key of KMS.
    expect(logs).not.toHaveProperty('ObjectLockEnabled');
    expect(JSON.stringify(logs.BucketEncryption)).toContain('AES256');
  });

  test('access logs name cases by their ids, so a stage that keeps cases for a month keeps these logs for a month', () => {
    const { template } = synthesizeForTest(testStage);
    const rules = Object.values(template.findResources('AWS::S3::Bucket')).flatMap(
      ({ Properties: properties }) => properties.LifecycleConfiguration.Rules,
    );
    expect(rules).toContainEqual(expect.objectContaining({ Id: 'expire', ExpirationInDays: 30 }));
  });
});
