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

/** Why nobody may log in for a while: how a login failed, or that one did not help. */
const PauseReason = z.enum(['unauthorized', 'throttled', 'transient']);
export type PauseReason = z.infer<typeof PauseReason>;

const PauseRow = z.object({
  pausedUntil: z.number().default(0),
  pauseReason: PauseReason.default('unauthorized'),
  failures: z.number().int().default(0),
});

/** Made of a login, or of what it came to. */
export interface Pause {
  readonly reason: PauseReason;
  /** How many logins have failed in a row, or have not helped. */
  readonly failures: number;
  readonly ms: number;
}

export interface StoredSession {
  /** Null before anybody has logged in. */
  readonly token: SessionToken | null;
  /** How long nobody may log in, and why. */
  readonly pausedMs: number;
  readonly pauseReason: PauseReason;
  /** How many logins have failed in a row, or have not helped. */
  readonly failures: number;
}

/**
 * Tokens of provider sessions, shared by all instances of all functions: one row an account. A row does not
 * expire: whether a token is still good, only the provider knows.
 */
export interface SessionStore {
  read(sessionId: string): Promise<StoredSession>;
  /**
   * Takes the right to log in, for `leaseMs`. Refused (false) while another holds it or logins are paused, or where
   * the token is newer than the one that was refused.
   */
  acquireLease(sessionId: string, refused: number, owner: string, leaseMs: number): Promise<boolean>;
  /** Ends the lease with the token that it was taken for. The pause is over once it is known that this one helps. */
  save(sessionId: string, owner: string, token: SessionToken, pause: Pause): Promise<void>;
  /** Ends the lease without one: there was no login. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
  /** Ends the lease without one: the login failed. */
  fail(sessionId: string, owner: string, pause: Pause): Promise<void>;
  /** Where this token is still the newest: it was of no help. Never makes a pause shorter. */
  pause(sessionId: string, generation: number, pause: Pause): Promise<void>;
  /** This token, where it is still the newest, was of help. */
  forgetFailures(sessionId: string, generation: number): Promise<void>;
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

  const setPause = 'pausedUntil = :until, pauseReason = :reason, failures = :failures';
  const valuesOf = ({ reason, failures, ms }: Pause) => ({
    ':until': now() + ms,
    ':reason': reason,
    ':failures': failures,
  });

  return {
    async read(sessionId) {
      const { Item: item = {} } = await dynamodb.send(
        new GetItemCommand({ TableName: table, Key: marshall({ sessionId }), ConsistentRead: true }),
      );
      const row = unmarshall(item);
      const { pausedUntil, pauseReason, failures } = PauseRow.parse(row);
      return {
        token: SessionToken.safeParse(row).data ?? null,
        pausedMs: Math.max(0, pausedUntil - now()),
        pauseReason,
        failures,
      };
    },
    acquireLease: (sessionId, refused, owner, leaseMs) =>
      update(
        sessionId,
        'SET leaseOwner = :owner, leaseUntil = :until',
        `(attribute_not_exists(leaseUntil) OR leaseUntil < :now)
         AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :now)
         AND (attribute_not_exists(authToken) OR generation <= :refused)`,
        { ':owner': owner, ':until': now() + leaseMs, ':now': now(), ':refused': refused },
      ),
    async save(sessionId, owner, { authToken, generation }, pause) {
      await update(
        sessionId,
        `SET authToken = :token, generation = :generation, ${setPause} REMOVE leaseOwner, leaseUntil`,
        'leaseOwner = :owner',
        { ':token': authToken, ':generation': generation, ':owner': owner, ...valuesOf(pause) },
      );
    },
    async releaseLease(sessionId, owner) {
      await update(sessionId, 'REMOVE leaseOwner, leaseUntil', 'leaseOwner = :owner', { ':owner': owner });
    },
    async fail(sessionId, owner, pause) {
      await update(sessionId, `SET ${setPause} REMOVE leaseOwner, leaseUntil`, 'leaseOwner = :owner', {
        ':owner': owner,
        ...valuesOf(pause),
      });
    },
    async pause(sessionId, generation, pause) {
      await update(
        sessionId,
        `SET ${setPause}`,
        'generation = :generation AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :until)',
        { ':generation': generation, ...valuesOf(pause) },
      );
    },
    async forgetFailures(sessionId, generation) {
      await update(sessionId, 'REMOVE failures, pausedUntil, pauseReason', 'generation = :generation', {
        ':generation': generation,
      });
    },
  };
}
