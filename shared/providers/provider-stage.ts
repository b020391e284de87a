import * as z from 'zod';

/** Environment variables of a function, by name. */
type Variables = Readonly<Record<string, string>>;

/** A secret. The stack creates it without a value, and people enter it after the first deployment. */
export interface SecretDescription {
  readonly description: string;
  /** The shape of the secret's JSON that the function expects, without credentials. `npm run secrets` prints it. */
  readonly empty: object;
  /**
   * The schema of a secret that people have entered correctly. `npm run secrets` reports what does not match. The functions
   * are more tolerant: they skip an entry that is not usable. Without a schema, only an empty secret is reported.
   */
  readonly complete?: z.core.$ZodType;
}

/** A scheduled function that uses our login session at the provider's API, so that this session does not expire. */
interface SessionKeeper {
  readonly everyMinutes: number;
  /** The description of this Lambda function. */
  readonly description: string;
  /** The description of the schedule: the reason for its interval. */
  readonly reason: string;
  readonly environment: Variables;
}

/** A scheduled function that asks the provider whether its API works. */
export interface SystemCheck {
  readonly everyMinutes: number;
  /** The description of the schedule: the reason for its interval. */
  readonly reason: string;
  readonly environment: Variables;
}

/** What the stack deploys for one provider, computed from the provider's stage section. */
export interface ProviderDeployment {
  readonly receiver: Variables;
  readonly fetcher: Variables;
  /**
   * The function that keeps our login session at the provider alive. The stack deploys it only if this session expires
   * without use. Its code is `functions/{provider}/keep-session.ts`.
   */
  readonly sessionKeeper?: SessionKeeper;
  /**
   * The function that asks the provider whether its API works. The stack deploys it only if the stage's monitoring has a
   * canary. Its code is `functions/{provider}/check-system.ts`.
   */
  readonly systemCheck?: SystemCheck;
  /**
   * The networks from which the provider's webhooks come, in CIDR notation. API Gateway refuses other addresses.
   * Undefined if every address may send webhooks; an empty list refuses every address.
   */
  readonly sourceNetworks?: readonly string[] | undefined;
  readonly evidenceConcurrency: number;
  readonly lookupsPerMinute: number;
  /** A sentence that says why a live stage must not have these settings; null if a live stage can have them. */
  readonly unfitForLive: string | null;
}

/**
 * The stage section of a provider: the settings that a stage can contain, and what the stack deploys for them. It is
 * pure data, and functions do not import it.
 */
export interface ProviderStageSection {
  /**
   * Validates the provider's settings in a stage, and computes the deployment. The settings contain no secrets, because
   * secrets are in Secrets Manager.
   */
  readonly section: z.ZodType<ProviderDeployment>;
  /** The credentials that the provider presents to us. Only the receiver reads this secret. */
  readonly webhookSecret: SecretDescription;
  /**
   * The credentials that we present to the provider's API. The functions that call the API find the ARN of this secret
   * in `{PROVIDER}_API_SECRET_ID`.
   */
  readonly apiSecret: SecretDescription;
  /**
   * True if the HTTP API has the route `/webhooks/{provider}/{reference}/{signature}`. The route `/webhooks/{provider}`
   * always exists: if a signature is required there, the receiver answers 401, which says more than 404.
   */
  readonly takesSignedUrls: boolean;
  /** True if the provider's webhooks are hints: users can send them, too, so the stack watches for invented webhooks. */
  readonly sendsHints?: boolean;
  /**
   * The time after which a job of this provider ends, in seconds. A stage must keep cases at least as long, so that no
   * job archives evidence of a case that is already deleted.
   */
  readonly evidenceDeadlineSeconds: number;
}

/** The settings that limit how many calls a provider's API gets from us. Each provider's stage section has them. */
export const providerLimits = {
  /**
   * The maximum number of jobs of one provider that run at the same time. Set a lower number for a provider that
   * throttles. SQS allows 2 to 1000 (the maximum concurrency of an event source mapping).
   */
  evidenceConcurrency: z.number().int().min(2).max(1000).default(10),
  /** The maximum number of lookups of silent cases in a minute. The cases that exceed it are looked up later. */
  lookupsPerMinute: z.number().int().min(1).max(600).default(60),
};
