import { SQSServiceException } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { classifySqsCallFailure, isBatchEntryPermanentlyRefused } from '../../shared/relay/sqs-faults.ts';

const answered = (name: string, httpStatusCode: number) =>
  new SQSServiceException({ name, message: 'x', $fault: 'client', $metadata: { httpStatusCode } });

describe('faultOfCall for a call with one message', () => {
  test.each([
    ['InvalidMessageContents', 400],
    ['InvalidParameterValue', 400],
    ['InvalidParameterValueException', 400],
    ['InvalidParameterCombination', 400],
    ['MissingParameter', 400],
    ['ValidationException', 400],
    ['SerializationException', 400],
    ['BatchRequestTooLong', 400],
    ['AWS.SimpleQueueService.BatchRequestTooLong', 400],
    ['MessageTooLong', 400],
    ['RequestEntityTooLarge', 413],
  ])('a message is permanently refused if SQS’s error is caused by the message: %s (%i)', (name, status) => {
    expect(classifySqsCallFailure(answered(name, status))).toMatchObject({ code: name, isRefusal: true });
  });

  test.each([
    ['QueueDoesNotExist', 400],
    ['AWS.SimpleQueueService.NonExistentQueue', 400],
    ['InvalidAddress', 404],
    ['InvalidSecurity', 403],
    ['UnsupportedOperation', 400],
    ['OverLimit', 403],
    ['RequestThrottled', 400],
    ['ThrottlingException', 400],
    ['KmsDisabled', 400],
    ['KmsThrottled', 400],
    ['KMS.AccessDeniedException', 400],
    ['AccessDeniedException', 400],
    ['UnrecognizedClientException', 400],
    ['ExpiredTokenException', 403],
    ['InvalidSignatureException', 400],
    ['RequestExpired', 400],
    ['SomethingNew', 400],
    ['SomethingNew', 403],
    ['InvalidParameterValue', 403],
    ['InternalError', 500],
    ['InvalidMessageContents', 500],
    ['ServiceUnavailable', 503],
  ])('a message can be sent again if SQS’s error is not caused by the message: %s (%i)', (name, status) => {
    expect(classifySqsCallFailure(answered(name, status)).isRefusal).toBe(false);
  });

  test.each([
    ['a network error', new Error('ECONNRESET')],
    ['a time-out', Object.assign(new Error('x'), { name: 'TimeoutError', $metadata: { attempts: 3 } })],
    ['a thrown text', 'a text'],
  ])('a message can be sent again if SQS does not answer: %s', (_title, error) => {
    expect(classifySqsCallFailure(error)).toEqual({
      code: 'NoAnswer',
      isRefusal: false,
      mayBeCausedByOneMessage: false,
    });
  });
});

describe('faultOfCall for a call with several messages', () => {
  test.each([
    ['InvalidMessageContents', 400, true],
    ['BatchRequestTooLong', 400, true],
    ['SomethingNew', 400, true],
    ['RequestEntityTooLarge', 413, true],
    ['RequestThrottled', 400, false],
    ['TooManyRequests', 429, false],
    ['AccessDenied', 403, false],
    ['QueueDoesNotExist', 400, false],
    ['InternalError', 500, false],
  ])(
    'a failed batch is sent message by message only if one message may be the cause: after %s (%i), this is %s',
    (name, status, expected) => {
      expect(classifySqsCallFailure(answered(name, status)).mayBeCausedByOneMessage).toBe(expected);
    },
  );
});

describe('isEntryPermanentlyRefused', () => {
  test.each([
    ['InvalidMessageContents', true, true],
    ['InvalidParameterValue', true, true],
    ['SomethingNew', true, true],
    ['InvalidMessageContents', false, false],
    ['InternalError', false, false],
    // The message does not cause these errors. An operator repairs their cause, or they end by themselves.
    ['InternalError', true, false],
    ['KmsAccessDenied', true, false],
    ['KMS.DisabledException', true, false],
    ['AccessDenied', true, false],
    ['RequestThrottled', true, false],
  ])(
    'SQS refuses a message of a batch permanently only if the message is faulty: with %s and SenderFault %s, this is %s',
    (code, senderFault, expected) => {
      expect(isBatchEntryPermanentlyRefused({ Id: '0', Code: code, SenderFault: senderFault })).toBe(
        expected,
      );
    },
  );
});
