import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';

/**
 * The cause of an SQS error. `message`: the message itself is refused, so another try fails again. `elsewhere`: the
 * problem is the queue, a permission, an encryption key or the load, so another try may succeed later.
 */
type Cause = 'message' | 'elsewhere';

/**
 * The cause of each error of SendMessage and SendMessageBatch. The names of the errors omit the suffix `Exception`.
 * Sources: the API reference of both actions, "Common error types" in the same reference, and the model of the AWS SDK.
 */
const causes: Readonly<Record<string, Cause>> = {
  // InvalidMessageContents: SQS reports "The message contains characters outside the allowed set."
  InvalidMessageContents: 'message',
  // InvalidParameterValue: SQS reports, for example, "Reason: Message must be shorter than 262144 bytes."
  InvalidParameterValue: 'message',
  // Any AWS service may report these errors: a parameter is missing, has an invalid value, or does not fit another
  // parameter.
  InvalidParameterCombination: 'message',
  MissingParameter: 'message',
  ValidationError: 'message',
  Validation: 'message',
  // Serialization is an error of AWS's JSON protocol: a value in the request does not have the type that the API
  // declares.
  Serialization: 'message',
  // BatchRequestTooLong: all messages of a batch together are too large.
  BatchRequestTooLong: 'message',
  // MessageTooLong is the error of ElasticMQ, an SQS emulator, for a message that is too large.
  MessageTooLong: 'message',
  // InvalidAddress means that the account id is invalid. InvalidSecurity means that the request did not use HTTPS or
  // SigV4.
  InvalidAddress: 'elsewhere',
  InvalidSecurity: 'elsewhere',
  QueueDoesNotExist: 'elsewhere',
  NonExistentQueue: 'elsewhere',
  QueueDeletedRecently: 'elsewhere',
  ResourceNotFound: 'elsewhere',
  // UnsupportedOperation: the queue has another type than we expect, for example standard instead of FIFO.
  UnsupportedOperation: 'elsewhere',
  OverLimit: 'elsewhere',
  RequestThrottled: 'elsewhere',
  Throttling: 'elsewhere',
  TooManyRequests: 'elsewhere',
  ServiceUnavailable: 'elsewhere',
  InternalError: 'elsewhere',
  InternalFailure: 'elsewhere',
  // Any AWS service may report these errors about credentials and permissions.
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
  // These errors are about the encryption key of the queue, for example KmsThrottled. In the query protocol, the code
  // begins with `KMS.`.
  if (/^kms/i.test(name)) return 'elsewhere';
  return causes[name] ?? 'unknown';
}

/** The error of an SQS call that failed as a whole, and how the caller handles it. */
export interface SqsCallFailure {
  readonly code: string;
  /** True if each further call with the same messages would fail too. */
  readonly isRefusal: boolean;
  /** True if one of several messages may be the cause. Then the caller sends each message in a call of its own. */
  readonly mayBeCausedByOneMessage: boolean;
}

const ServiceError = z.object({
  name: z.string(),
  $metadata: z.object({ httpStatusCode: z.number() }),
});

/**
 * Classifies the error of an SQS call. If there is no answer (network, time-out) or the status is 5xx, another try may
 * succeed.
 */
export function classifySqsCallFailure(error: unknown): SqsCallFailure {
  const parsed = ServiceError.safeParse(error);
  if (!parsed.success) return { code: 'NoAnswer', isRefusal: false, mayBeCausedByOneMessage: false };
  const { name: code, $metadata: metadata } = parsed.data;
  const status = metadata.httpStatusCode;
  // The request is too large for the service. An answer with status 413 contains no error code of SQS.
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
 * Checks whether SQS refuses an entry of a batch permanently. AWS sets `SenderFault` for each error that the caller
 * caused, even for missing permissions. We do not count missing permissions as a refusal, because another try may
 * succeed later.
 */
export function isBatchEntryPermanentlyRefused({
  Code: code = '',
  SenderFault: isSenderFault,
}: BatchResultErrorEntry): boolean {
  return isSenderFault === true && causeOf(code) !== 'elsewhere';
}
