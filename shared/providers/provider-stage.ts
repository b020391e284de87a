import * as z from 'zod';

/** Environment variables of a function, by name. */
type Variables = Readonly<Record<string, string>>;

/** A secret that people fill in after the first deployment. */
interface SecretDescription {
  readonly description: string;
  /** The JSON that configures nothing, in the shape that the function expects. */
  readonly empty: object;
}

/** A function that a schedule calls, so that the session at the provider's API does not expire. */
interface SessionKeeper {
  readonly everyMinutes: number;
  /** What the function does. */
  readonly description: string;
  /** Why the schedule has this rate. */
  readonly reason: string;
  readonly environment: Variables;
}

/** What the settings of a stage mean for a provider's functions. */
export interface ProviderDeployment {
  readonly receiver: Variables;
  readonly fetcher: Variables;
  /** Its code is `functions/{provider}/keep-session.ts`. */
  readonly sessionKeeper?: SessionKeeper;
  readonly evidenceConcurrency: number;
  /** Why a live stage must not have these settings, as a sentence; null if it may. */
  readonly unfitForLive: string | null;
}

/**
 * The stage section of a provider: what a stage can set, and what the stack deploys for it. It is pure data for the
 * CDK app. Functions do not import it.
 */
export interface ProviderStage {
  /** Checks the settings in the provider's section of a stage. Secrets are not there: they are in Secrets Manager. */
  readonly section: z.ZodType<ProviderDeployment>;
  /** What the provider presents to us: only the receiver reads it. */
  readonly webhookSecret: SecretDescription;
  /** What we present to the provider: the functions that call its API find its ARN in `{PROVIDER}_API_SECRET_ID`. */
  readonly apiSecret: SecretDescription;
  /**
   * Whether webhooks may come to `/webhooks/{provider}/{reference}/{signature}`. `/webhooks/{provider}` always has a
   * route: without a required signature the receiver answers 401, which says more than 404.
   */
  readonly takesSignedUrls: boolean;
}

/**
 * How many evidence jobs of a provider are worked on at once: a provider that throttles gets fewer. SQS takes 2 to
 * 1000 for an event source mapping.
 */
export const EvidenceConcurrency = z.number().int().min(2).max(1000).default(10);
