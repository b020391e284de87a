import type { DynamoDBRecord } from 'aws-lambda';
import { IdvError } from '../platform/errors.ts';
import { verificationIdFormat } from '../platform/path-safe.ts';
import { buildCasePrefixes } from './case-areas.ts';

/** A case whose row DynamoDB has removed, because the row's time to live had passed. */
export interface ExpiredCase {
  readonly verificationId: string;
  /**
   * The time of the removal, rounded down to a second. Everything of the case is older. What is not older may belong to
   * the next generation of the verification.
   */
  readonly removedAt: Date;
  /** The prefixes of all objects of the case. */
  readonly prefixes: readonly string[];
}

/** Thrown if a stream record is not the removal of an expired case. Delivering the record again would not help. */
export class NotAnExpiredCase extends IdvError {
  override readonly name = 'NotAnExpiredCase';
}

/**
 * Reads a record of the stream of `Verifications`.
 *
 * @throws NotAnExpiredCase if DynamoDB did not remove the row itself, or the key of the row is not a verification id
 */
export function readExpiredCase({ eventName, userIdentity, dynamodb }: DynamoDBRecord): ExpiredCase {
  // The event source mapping passes only such records. If its filter were lost, each change of a row would delete a case.
  if (eventName !== 'REMOVE' || Object(userIdentity).principalId !== 'dynamodb.amazonaws.com')
    throw new NotAnExpiredCase(
      'the record is not the removal of an expired row; check the filter of the stream',
    );
  const verificationId = dynamodb?.Keys?.verificationId?.S ?? '';
  const [, provider] = verificationIdFormat.exec(verificationId) ?? [];
  if (provider === undefined)
    throw new NotAnExpiredCase('the key of the removed row is not a verification id');
  const removedAt = dynamodb?.ApproximateCreationDateTime;
  if (removedAt === undefined) throw new NotAnExpiredCase('the record does not say when the row was removed');
  return {
    verificationId,
    removedAt: new Date(Math.floor(removedAt) * 1000),
    prefixes: buildCasePrefixes({ provider, verificationId }),
  };
}
