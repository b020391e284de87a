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
    expect(read).toThrow(
      'environment of the function: MISSING: is not set; LIST: is not JSON; URL: has not the format url',
    );
    expect(read).not.toThrow('s3cret');
  });

  test.each([
    ['a text', z.string(), undefined, 'is not set'],
    ['a text that is not empty', z.string().check(z.minLength(1)), '', 'is empty'],
    ['a short text', z.string().check(z.maxLength(3)), 's3cret', 'is above the maximum: at most 3'],
    ['a long text', z.string().check(z.minLength(9)), 's3cret', 'is below the minimum: at least 9'],
    ['a number', z.coerce.number(), 's3cret', 'is not of the type number'],
    ['a whole number', z.coerce.number().check(z.int()), '1.5', 'is not of the type int'],
    ['a positive number', z.coerce.number().check(z.positive()), '0', 'is below the minimum: more than 0'],
    ['a small number', z.coerce.number().check(z.maximum(1)), '2', 'is above the maximum: at most 1'],
    ['one of two words', z.enum(['Basic', 'Bearer']), 's3cret', 'is none of "Basic", "Bearer"'],
    ['a boolean', z.stringbool(), 's3cret', 'is none of "true"'],
    ['a pattern', z.string().check(z.regex(/^a/)), 's3cret', 'has not the format regex'],
    ['a list', z.pipe(jsonEnvironmentVariable, z.array(z.string())), '{}', 'is not of the type array'],
    ['a rule', z.string().check(z.refine(() => false)), 's3cret', 'is invalid (custom)'],
    ['a rule with a message', z.string().check(z.refine(() => false, 'is odd')), 's3cret', 'is odd'],
  ])('an invalid variable is described without its value: %s', (_title, schema, value, problem) => {
    const read = () => readEnvironmentVariables({ NAME: value }, { NAME: schema });
    expect(read).toThrow(`NAME: ${problem}`);
    expect(read).not.toThrow('s3cret');
  });

  test('an invalid entry of a list is named with its place', () => {
    const shape = { LIST: z.pipe(jsonEnvironmentVariable, z.array(z.string())) };
    expect(() => readEnvironmentVariables({ LIST: '["a",1]' }, shape)).toThrow(
      'LIST.1: is not of the type string',
    );
  });

  const complete = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    VERIFICATIONS_TABLE: 'v',
    HISTORY_TABLE: 'd',
    SOFTWARE_VERSION: '1.0.0+0',
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
