import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { Outbox } from './outbox.ts';
import { Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

const Item = z.extend(Verification, { outbox: Outbox });

/** The table of verifications. */
export interface VerificationStore {
  read(verificationId: string): Promise<Verification | null>;
  /**
   * Writes a verification if the stored version still equals the version of `known`. If `known` is null, it writes only
   * if the verification does not exist.
   *
   * @returns null after a successful write, otherwise the current verification
   */
  write(known: Verification | null, write: VerificationWrite): Promise<Verification | null>;
}

/**
 * Creates the store on a DynamoDB table. Its `write` behaves like this:
 *
 * ```
 * item in the table     known              written?   returned
 * -----------------     -----              --------   --------
 * none                  null               yes        null
 * version n             version n          yes        null
 * version n             null, version < n  no         the item
 * version n, and its    null, version < n  already    null: the SDK sent this write twice, because the first
 *   writeId is ours                                   answer was lost
 * ```
 */
export function createDynamoVerificationStore(
  dynamodb: DynamoDBClient,
  table: string,
  retentionSeconds: number,
  now: () => Date,
): VerificationStore {
  return {
    async read(verificationId) {
      const { Item: item } = await dynamodb.send(
        new GetItemCommand({ TableName: table, Key: marshall({ verificationId }), ConsistentRead: true }),
      );
      return item ? parseVerification(item).verification : null;
    },

    async write(known, { verification, outbox }) {
      const expiresAt = Math.floor(now().getTime() / 1000) + retentionSeconds;
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...verification, outbox, expiresAt }, { removeUndefinedValues: true }),
            ...ifUnchanged(known),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return null;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        const found = parseVerification(error.Item);
        return found.outbox.writeId === outbox.writeId ? null : found.verification;
      }
    },
  };
}

function ifUnchanged(known: Verification | null) {
  if (known === null) return { ConditionExpression: 'attribute_not_exists(verificationId)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': known.version }),
  };
}

/**
 * Parses an item of the table.
 *
 * @param item in the format of DynamoDB and its streams
 * @throws z.ZodError if the item does not have the format of this project
 */
export function parseVerification(item: NonNullable<ConditionalCheckFailedException['Item']>): {
  verification: Verification;
  outbox: Outbox;
} {
  const { outbox, ...verification } = z.parse(Item, unmarshall(item));
  return { verification, outbox };
}
