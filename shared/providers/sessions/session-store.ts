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

const Pause = z.object({
  pausedUntil: z.number().default(0),
  pauseReason: PauseReason.default('unauthorized'),
  failures: z.number().int().default(0),
});

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
  /** Ends the lease with the token that it was taken for. Nobody may log in anew for so long, unless it helps. */
  save(sessionId: string, owner: string, token: SessionToken, pauseMs: number): Promise<void>;
  /** Ends the lease without one: there was no login. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
  /** Ends the lease without one: the login failed, for the so many-th time in a row, and nobody may try for a while. */
  fail(
    sessionId: string,
    owner: string,
    reason: PauseReason,
    failures: number,
    pauseMs: number,
  ): Promise<void>;
  /** Where this token is still the newest, nobody may log in for so long at least: it was of no help. */
  pause(sessionId: string, generation: number, failures: number, pauseMs: number): Promise<void>;
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

  return {
    async read(sessionId) {
      const { Item: item = {} } = await dynamodb.send(
        new GetItemCommand({ TableName: table, Key: marshall({ sessionId }), ConsistentRead: true }),
      );
      const row = unmarshall(item);
      const { pausedUntil, pauseReason, failures } = Pause.parse(row);
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
    async save(sessionId, owner, { authToken, generation }, pauseMs) {
      await update(
        sessionId,
        `SET authToken = :token, generation = :generation, pausedUntil = :until, pauseReason = :reason
         REMOVE leaseOwner, leaseUntil`,
        'leaseOwner = :owner',
        {
          ':token': authToken,
          ':generation': generation,
          ':owner': owner,
          ':until': now() + pauseMs,
          ':reason': 'unauthorized',
        },
      );
    },
    async releaseLease(sessionId, owner) {
      await update(sessionId, 'REMOVE leaseOwner, leaseUntil', 'leaseOwner = :owner', { ':owner': owner });
    },
    async fail(sessionId, owner, reason, failures, pauseMs) {
      await update(
        sessionId,
        `SET pausedUntil = :until, pauseReason = :reason, failures = :failures
         REMOVE leaseOwner, leaseUntil`,
        'leaseOwner = :owner',
        { ':until': now() + pauseMs, ':reason': reason, ':failures': failures, ':owner': owner },
      );
    },
    async pause(sessionId, generation, failures, pauseMs) {
      await update(
        sessionId,
        'SET pausedUntil = :until, pauseReason = :reason, failures = :failures',
        `generation = :generation AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :until)`,
        {
          ':until': now() + pauseMs,
          ':reason': 'unauthorized',
          ':failures': failures,
          ':generation': generation,
        },
      );
    },
    async forgetFailures(sessionId, generation) {
      await update(sessionId, 'REMOVE failures, pausedUntil, pauseReason', 'generation = :generation', {
        ':generation': generation,
      });
    },
  };
}
