import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/**
 * What an error of SQS is about: `message` is the content of what was sent, which no further try changes.
 * `elsewhere` is a queue, a permission, a key or the load, which people or time change.
 */
type Cause = 'message' | 'elsewhere';

/**
 * Errors that SendMessage and SendMessageBatch can answer, without the suffix `Exception`. Sources: the API
 * reference of both actions, "Common error types" of the same reference, and the model of the AWS SDK.
 */
const causes: Readonly<Record<string, Cause>> = {
  // SendMessage: "The message contains characters outside the allowed set."
  InvalidMessageContents: 'message',
  // "One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes."
  InvalidParameterValue: 'message',
  // Common errors: combinations, missing parameters and values outside of constraints.
  InvalidParameterCombination: 'message',
  MissingParameter: 'message',
  ValidationError: 'message',
  Validation: 'message',
  // The JSON protocol: a value that is not of the type that the API declares.
  Serialization: 'message',
  // SendMessageBatch: "The length of all the messages put together is more than the limit."
  BatchRequestTooLong: 'message',
  // ElasticMQ's name for a message over the limit.
  MessageTooLong: 'message',
  // "The accountId is invalid", "The request was not made over HTTPS or did not use SigV4 for signing".
  InvalidAddress: 'elsewhere',
  InvalidSecurity: 'elsewhere',
  QueueDoesNotExist: 'elsewhere',
  NonExistentQueue: 'elsewhere',
  QueueDeletedRecently: 'elsewhere',
  ResourceNotFound: 'elsewhere',
  // "Error code 400. Unsupported operation": the queue is of another type than we think.
  UnsupportedOperation: 'elsewhere',
  OverLimit: 'elsewhere',
  RequestThrottled: 'elsewhere',
  Throttling: 'elsewhere',
  TooManyRequests: 'elsewhere',
  ServiceUnavailable: 'elsewhere',
  InternalError: 'elsewhere',
  InternalFailure: 'elsewhere',
  // Common errors about who asks, and when.
  AccessDenied: 'elsewhere',
  NotAuthorized: 'elsewhere',
  OptInRequired: 'elsewhere',
  ExpiredToken: 'elsewhere',
  IncompleteSignature: 'elsewhere',
  InvalidClientTokenId: 'elsewhere',
  InvalidSignature: 'elsewhere',
  MissingAuthenticationToken: 'elsewhere',
  RequestExpired: 'elsewhere',
  SignatureDoesNotMatch: 'elsewhere',
  UnrecognizedClient: 'elsewhere',
};

function causeOf(code: string): Cause | 'unknown' {
  const name = code.replace(/^AWS\.SimpleQueueService\.|Exception$/g, '');
  // KmsThrottled, KmsAccessDenied …, of the query protocol KMS.ThrottlingException ….
  if (/^kms/i.test(name)) return 'elsewhere';
  return causes[name] ?? 'unknown';
}

/** What to do about a call that failed as a whole. */
export interface CallFault {
  readonly code: string;
  /** A call of this one message alone would fail each time. */
  readonly isRefusal: boolean;
  /** One of several messages may have failed all of them: send each alone. */
  readonly mayBeCausedByOneMessage: boolean;
}

const ServiceError = z.object({
  name: z.string(),
  $metadata: z.object({ httpStatusCode: z.number() }),
});

/** Errors without an answer of SQS (network, time-out) and those of SQS itself (5xx) can pass. */
export function faultOfCall(error: unknown): CallFault {
  const parsed = ServiceError.safeParse(error);
  if (!parsed.success) return { code: 'NoAnswer', isRefusal: false, mayBeCausedByOneMessage: false };
  const { name: code, $metadata: metadata } = parsed.data;
  const status = metadata.httpStatusCode;
  // Larger than the service reads: it answers without a code of its own.
  const isTooLarge = status === 413;
  const isClientFault = status >= 400 && status < 500 && ![401, 403, 404, 408, 429].includes(status);
  const cause = causeOf(code);
  return {
    code,
    isRefusal: isTooLarge || (isClientFault && cause === 'message'),
    mayBeCausedByOneMessage: isTooLarge || (isClientFault && cause !== 'elsewhere'),
  };
}

/**
 * Whether SQS refuses this entry of a batch for good. AWS says `SenderFault` of whatever the caller has
 * caused, its permissions included; those are not the entry's fault.
 */
export function isEntryRefusedForGood({
  Code: code = '',
  SenderFault: isSenderFault,
}: BatchResultErrorEntry): boolean {
  return isSenderFault === true && causeOf(code) !== 'elsewhere';
}
