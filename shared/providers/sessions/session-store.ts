import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';

/** `generation` counts the logins: a token is replaced only by whoever saw that very one refused. */
const SessionToken = z.object({ authToken: z.string(), generation: z.number().int() });
export type SessionToken = z.infer<typeof SessionToken>;

/**
 * Tokens of provider sessions, shared by all instances of all functions: one row an account. A row does not
 * expire: whether a token is still good, only the provider knows.
 */
export interface SessionStore {
  read(sessionId: string): Promise<SessionToken | null>;
  /**
   * Takes the right to log in, for `leaseMs`. Refused (false) while another holds it, or where the token is
   * newer than the one that was refused.
   */
  acquireLease(sessionId: string, refused: number, owner: string, leaseMs: number): Promise<boolean>;
  /** Ends the lease with the token that it was taken for. */
  save(sessionId: string, owner: string, token: SessionToken): Promise<void>;
  /** Ends the lease without one: the login failed, another may try. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
}

export function dynamoSessionStore(dynamodb: DynamoDBClient, table: string, now: () => number): SessionStore {
  const update = async (sessionId: string, expression: string, condition: string, values: object) => {
    try {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall({ sessionId }),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: marshall(values),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    async read(sessionId) {
      const { Item: item } = await dynamodb.send(
        new GetItemCommand({ TableName: table, Key: marshall({ sessionId }), ConsistentRead: true }),
      );
      return item === undefined ? null : (SessionToken.safeParse(unmarshall(item)).data ?? null);
    },
    acquireLease: (sessionId, refused, owner, leaseMs) =>
      update(
        sessionId,
        'SET leaseOwner = :owner, leaseUntil = :until',
        `(attribute_not_exists(leaseUntil) OR leaseUntil < :now)
         AND (attribute_not_exists(authToken) OR generation <= :refused)`,
        { ':owner': owner, ':until': now() + leaseMs, ':now': now(), ':refused': refused },
      ),
    async save(sessionId, owner, { authToken, generation }) {
      await update(
        sessionId,
        'SET authToken = :token, generation = :generation REMOVE leaseOwner, leaseUntil',
        'leaseOwner = :owner',
        {
          ':token': authToken,
          ':generation': generation,
          ':owner': owner,
        },
      );
    },
    async releaseLease(sessionId, owner) {
      await update(sessionId, 'REMOVE leaseOwner, leaseUntil', 'leaseOwner = :owner', { ':owner': owner });
    },
  };
}
