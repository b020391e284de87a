import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/**
 * The cause of an SQS error. `message`: the content of a message, so another try fails again. `elsewhere`: a queue, a
 * permission, a key or the load, so another try may succeed later.
 */
type Cause = 'message' | 'elsewhere';

/**
 * The errors of SendMessage and SendMessageBatch, without the suffix `Exception`. Sources: the API reference of both
 * actions, "Common error types" in the same reference, and the model of the AWS SDK.
 */
const causes: Readonly<Record<string, Cause>> = {
  // SendMessage: "The message contains characters outside the allowed set."
  InvalidMessageContents: 'message',
  // "One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes."
  InvalidParameterValue: 'message',
  // Common errors: invalid combinations, missing parameters, and values outside their constraints.
  InvalidParameterCombination: 'message',
  MissingParameter: 'message',
  ValidationError: 'message',
  Validation: 'message',
  // The JSON protocol: a value does not have the type that the API declares.
  Serialization: 'message',
  // SendMessageBatch: "The length of all the messages put together is more than the limit."
  BatchRequestTooLong: 'message',
  // ElasticMQ's name for a message that is too large.
  MessageTooLong: 'message',
  // InvalidAddress: "The accountId is invalid". InvalidSecurity: "The request was not made over HTTPS or did not use
  // SigV4 for signing".
  InvalidAddress: 'elsewhere',
  InvalidSecurity: 'elsewhere',
  QueueDoesNotExist: 'elsewhere',
  NonExistentQueue: 'elsewhere',
  QueueDeletedRecently: 'elsewhere',
  ResourceNotFound: 'elsewhere',
  // "Error code 400. Unsupported operation": the queue has another type than we expect.
  UnsupportedOperation: 'elsewhere',
  OverLimit: 'elsewhere',
  RequestThrottled: 'elsewhere',
  Throttling: 'elsewhere',
  TooManyRequests: 'elsewhere',
  ServiceUnavailable: 'elsewhere',
  InternalError: 'elsewhere',
  InternalFailure: 'elsewhere',
  // Common errors about credentials and permissions.
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
  // The encryption key of the queue has a problem, for example KmsThrottled. In the query protocol, the code begins
  // with `KMS.`.
  if (/^kms/i.test(name)) return 'elsewhere';
  return causes[name] ?? 'unknown';
}

/** A call that failed as a whole, and how to handle it. */
export interface CallFault {
  readonly code: string;
  /** Whether each further call with the same messages would fail. */
  readonly isRefusal: boolean;
  /** Whether one of several messages may be the cause. If so, the caller sends each message in its own call. */
  readonly mayBeCausedByOneMessage: boolean;
}

const ServiceError = z.object({
  name: z.string(),
  $metadata: z.object({ httpStatusCode: z.number() }),
});

/**
 * Classifies the error of a call. After an error without an answer (network, time-out) or with status 5xx, another try
 * may succeed.
 */
export function faultOfCall(error: unknown): CallFault {
  const parsed = ServiceError.safeParse(error);
  if (!parsed.success) return { code: 'NoAnswer', isRefusal: false, mayBeCausedByOneMessage: false };
  const { name: code, $metadata: metadata } = parsed.data;
  const status = metadata.httpStatusCode;
  // The request is too large for the service. This answer has no error code of SQS.
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
 * caused, even for missing permissions. Missing permissions are not a fault of the entry, so another try may succeed.
 */
export function isEntryPermanentlyRefused({
  Code: code = '',
  SenderFault: isSenderFault,
}: BatchResultErrorEntry): boolean {
  return isSenderFault === true && causeOf(code) !== 'elsewhere';
}
