import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { jsonEnvironmentVariable, readEnvironmentVariables } from '../../shared/platform/environment.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { createReceiverDependencies } from '../../shared/receiving/aws-dependencies.ts';

describe('readEnvironment', () => {
  test('environment variables are parsed to their types', () => {
    const shape = { DAYS: z.coerce.number(), LIST: z.pipe(jsonEnvironmentVariable, z.array(z.string())) };
    expect(readEnvironmentVariables({ DAYS: '7', LIST: '["a"]', OTHER: 'x' }, shape)).toEqual({
      DAYS: 7,
      LIST: ['a'],
    });
  });

  test('an invalid environment throws an error with each variable name and no value', () => {
    // Prepare
    const shape = { MISSING: z.string(), LIST: jsonEnvironmentVariable, URL: z.url() };
    // Act
    const read = () => readEnvironmentVariables({ LIST: 's3cret{', URL: 's3cret' }, shape);
    // Assess
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(/^environment of the function: MISSING: .+; LIST: is not JSON; URL: .+$/);
    expect(read).not.toThrow('s3cret');
  });

  const complete = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    VERIFICATIONS_TABLE: 'v',
    HISTORY_TABLE: 'd',
    EVIDENCE_BUCKET: 'e',
    WEBHOOK_SECRET_ID: 's',
    RETENTION_DAYS: '400',
  };

  test.each([
    ['VERIFICATIONS_TABLE', undefined],
    ['HISTORY_TABLE', ''],
    ['EVIDENCE_BUCKET', undefined],
    ['WEBHOOK_SECRET_ID', undefined],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', 'long'],
    ['RETENTION_DAYS', undefined],
    ['AWS_REGION', undefined],
    ['AWS_ENDPOINT_URL_S3', 'nowhere'],
  ])('a receiver does not start if a variable is missing or invalid: %s is %s', (name, value) => {
    expect(() => createReceiverDependencies('idnow', { ...complete, [name]: value })).toThrow(name);
  });
});
