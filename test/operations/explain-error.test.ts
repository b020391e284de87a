import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { explainError, isRefusedByAws } from '../../shared/operations/stack/explain-error.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';

const answer = (name: string, message: string) =>
  new DynamoDBServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: 400 } });

test('an error of this project is its message', () => {
  expect(explainError(new ConfigurationError('--since 1x: not a time'))).toBe('--since 1x: not a time');
});

test.each([
  [answer('AccessDeniedException', 'not authorized to perform: dynamodb:Query'), 'needs a right', true],
  [answer('ExpiredTokenException', 'The token is expired'), 'Check the AWS credentials', true],
  [answer('ThrottlingException', 'Rate exceeded'), 'AWS answers ThrottlingException: Rate exceeded', false],
  [
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', $metadata: {} }),
    'The stack does not answer: ECONNREFUSED',
    false,
  ],
  [
    Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
    'Could not load credentials (CredentialsProviderError). Check the AWS credentials of the shell',
    true,
  ],
])('%s is explained in one line', (error, part, isRefused) => {
  expect(explainError(error)).toContain(part);
  expect(explainError(error)).not.toContain('\n');
  expect(isRefusedByAws(error)).toBe(isRefused);
});

test('the message of an unexpected error is hidden, because it may quote a body', () => {
  // Prepare
  const error = (() => {
    try {
      return JSON.parse('Erika Mustermann');
    } catch (thrown) {
      return thrown;
    }
  })();

  // Act
  const text = explainError(error);

  // Assess
  expect(String(error)).toContain('Erika');
  expect(text).not.toContain('Erika');
  expect(text).toMatch(/^An unexpected error occurred: SyntaxError\n {4}at JSON\.parse/);
});
