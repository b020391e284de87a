import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Outbox } from './outbox.ts';
import { Verification } from './verification.ts';
import type { Write } from './write.ts';

const Item = Verification.extend({ outbox: Outbox });

export interface VerificationStore {
  read(verificationId: string): Promise<Verification | null>;
  /**
   * Writes unless somebody else has written since `known` was read (null: since it did not exist).
   *
   * @returns null once written, else the verification as it is now
   */
  write(known: Verification | null, write: Write): Promise<Verification | null>;
}

/**
 * ```
 * item in the table     known              written?   returned
 * -----------------     -----              --------   --------
 * none                  null               yes        null
 * version n             version n          yes        null
 * version n             null, version < n  no         the item
 * version n, and its    null, version < n  already    null: the SDK has sent this very write twice,
 *   writeId is ours                                   the first answer was lost
 * ```
 */
export function dynamoVerificationStore(
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
            ...unchangedSince(known),
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

function unchangedSince(known: Verification | null) {
  if (known === null) return { ConditionExpression: 'attribute_not_exists(verificationId)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': known.version }),
  };
}

/**
 * @param item as DynamoDB and its streams give it
 * @throws z.ZodError where it is not an item of ours
 */
export function parseVerification(item: NonNullable<ConditionalCheckFailedException['Item']>): {
  verification: Verification;
  outbox: Outbox;
} {
  const { outbox, ...verification } = z.parse(Item, unmarshall(item));
  return { verification, outbox };
}
