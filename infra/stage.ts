import * as z from 'zod';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { explainUnfitApiUrl } from '../shared/provider-api/unfit-api-url.ts';
import type { ProviderDeployment, ProviderStageSection } from '../shared/providers/provider-stage.ts';
import {
  providerStageSections as allProviders,
  type StageSectionsByProvider,
} from '../shared/providers/providers.ts';
import { AccountSettings, explainMissingAccount } from './stage/account.ts';
import { EdgeSettings, explainMissingAccessLogs, explainUnfitCertificate } from './stage/edge.ts';
import {
  type BucketProtection,
  checkEvidenceProtection,
  EvidenceProtection,
} from './stage/evidence-protection.ts';
import { MonitoringSettings } from './stage/monitoring.ts';
import { NetworkSettings } from './stage/network.ts';
import { WarmThroughput } from './stage/warm-throughput.ts';
import { chooseWebhookLimits, WebhookLimits } from './stage/webhook-limits.ts';

const secondsPerDay = 24 * 3600;

/** The settings of a stage, without the sections of the providers. */
const StageSettings = z.object({
  /** The name of the stage. It becomes part of the stack's name: `idv-webhooks-{name}`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  /** A live stage decides about real people, so it refuses settings for a provider's test environment. */
  live: z.boolean(),
  /**
   * The number of days that we keep a case after its final decision: its row, its history and its objects. The default
   * of a live stage is five years, because Article 77 of Regulation (EU) 2024/1624 (prevention of money laundering)
   * requires five years from the end of the business relationship, and then the deletion. If your relationships last
   * longer than the identification, set more days. Other stages keep a case for 30 days.
   */
  retentionDays: z.number().int().positive().optional(),
  /** Who gets the alarms, and which optional alarms the stage has. */
  monitoring: MonitoringSettings.prefault({}),
  evidenceProtection: EvidenceProtection,
  network: NetworkSettings.optional(),
  /**
   * True if the deletion of the stack deletes the tables, the buckets, the secrets and the key, too. The default of a
   * stage that is not live and locks no objects. A live stage and a stage that locks objects refuse it.
   */
  deleteDataWithStack: z.boolean().optional(),
  ...AccountSettings,
  edge: EdgeSettings.default({}),
  /** The limits for the webhooks of a provider, by its name. */
  webhookLimits: z.record(z.string(), WebhookLimits).default({}),
  warmThroughput: WarmThroughput.default({}),
});

/**
 * A stage as people write it in `stages.ts`. Each provider has its own section. A provider without a section is not
 * deployed.
 */
export type StageInput = z.input<typeof StageSettings> & {
  readonly [Name in keyof typeof allProviders]?: z.input<(typeof allProviders)[Name]['section']> | undefined;
};

/** A provider with a section in the stage. */
export interface ProviderInStage {
  readonly name: ProviderName;
  readonly stage: ProviderStageSection;
  readonly deployment: ProviderDeployment;
  /** The limits for the provider's webhooks. */
  readonly limits: WebhookLimits;
}

/** A stage with valid settings. */
export interface Stage
  extends Omit<z.infer<typeof StageSettings>, 'evidenceProtection' | 'network' | 'webhookLimits'> {
  readonly retentionDays: number;
  readonly bucketProtection: BucketProtection;
  readonly network: z.infer<typeof NetworkSettings> | undefined;
  readonly deleteDataWithStack: boolean;
  /** The providers of the stage: at least one. */
  readonly providers: readonly ProviderInStage[];
}

/**
 * Checks a stage before the deployment.
 *
 * @throws ConfigurationError if a setting is invalid or the stage has no provider
 */
export function parseStage(input: unknown, providers: StageSectionsByProvider = allProviders): Stage {
  const {
    name,
    live,
    retentionDays = defaultRetentionDays(live),
    monitoring,
    evidenceProtection,
    deleteDataWithStack = !live && evidenceProtection.objectLock === 'off',
    network,
    account,
    region,
    edge,
    webhookLimits,
    warmThroughput,
    ...sections
  } = check(StageSettings.loose(), input);
  const deployments = check(sectionsOf(providers), sections);
  const staged = Object.entries(providers).flatMap(([provider, stage]) => {
    const deployment = deployments[provider];
    const limits = chooseWebhookLimits(webhookLimits[provider], live);
    return deployment === undefined ? [] : [{ name: provider, stage, deployment, limits }];
  });
  if (staged.length === 0) {
    const names = Object.keys(providers).join(', ');
    throw new ConfigurationError(`stage: a stage serves at least one provider: ${names}`);
  }
  const place = { account, region };
  if (live && deleteDataWithStack) refuse('a live stage must not set deleteDataWithStack');
  if (deleteDataWithStack && evidenceProtection.objectLock !== 'off')
    refuse('deleteDataWithStack and objectLock exclude each other, because S3 deletes no locked object');
  if (live) refuse(explainMissingAccount(place) ?? explainMissingAccessLogs(edge));
  if (live) for (const provider of staged) refuse(explainUnfitForLive(provider));
  refuse(explainUnfitCertificate(edge, place) ?? explainUnknownLimits(webhookLimits, staged));
  for (const provider of staged) refuseShortRetention(retentionDays, provider);
  refuseUnknownProviders(monitoring, staged);
  const evidenceDays = Math.max(...staged.map(evidenceDeadlineDays));
  const bucketProtection = checkEvidenceProtection(evidenceProtection, { retentionDays, evidenceDays });
  return {
    name,
    live,
    retentionDays,
    deleteDataWithStack,
    ...place,
    edge,
    warmThroughput,
    bucketProtection,
    monitoring,
    network,
    providers: staged,
  };
}

/**
 * Returns the default of `retentionDays`. In a live stage, it is five years. Two of five years may be leap years, so this is
 * 1827 days.
 */
function defaultRetentionDays(live: boolean): number {
  return live ? 5 * 365 + 2 : 30;
}

/** Returns the schema of the provider sections. It refuses unknown sections. */
function sectionsOf(providers: StageSectionsByProvider) {
  const sections = Object.entries(providers).map(
    ([name, { section }]) => [name, section.optional()] as const,
  );
  return z.strictObject(Object.fromEntries(sections));
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(`stage: ${z.prettifyError(parsed.error)}`);
}

function refuse(why: string | null): void {
  if (why !== null) throw new ConfigurationError(`stage: ${why}`);
}

/** Explains why a live stage must not have these settings of a provider. @returns null if it can have them */
function explainUnfitForLive({ name, deployment }: ProviderInStage): string | null {
  const apiUrl = deployment.fetcher[`${name.toUpperCase()}_API_URL`];
  return (
    deployment.unfitForLive ?? (apiUrl === undefined ? null : explainUnfitApiUrl(`${name}.apiUrl`, apiUrl))
  );
}

/** Explains that limits have no effect, because the stage has no such provider. @returns null if all have an effect */
function explainUnknownLimits(limits: object, staged: readonly ProviderInStage[]): string | null {
  const unknown = Object.keys(limits).find((provider) => staged.every(({ name }) => name !== provider));
  return unknown === undefined ? null : `webhookLimits.${unknown}: the stage has no provider ${unknown}`;
}

/** Refuses a retention that could end while a job still fetches evidence of the case. */
function refuseShortRetention(retentionDays: number, provider: ProviderInStage): void {
  const { name } = provider;
  const deadlineDays = evidenceDeadlineDays(provider);
  if (retentionDays >= deadlineDays) return;
  throw new ConfigurationError(
    `stage: retentionDays ${retentionDays} is too short, because evidence of ${name} may arrive for ${deadlineDays} days: set retentionDays to ${deadlineDays} or more`,
  );
}

/** Refuses an alarm about the silence of a provider that the stage does not have: its deliveries would never come. */
function refuseUnknownProviders(
  { silentAfterHours }: MonitoringSettings,
  providers: readonly ProviderInStage[],
): void {
  for (const provider of Object.keys(silentAfterHours)) {
    if (providers.some(({ name }) => name === provider)) continue;
    throw new ConfigurationError(
      `stage: monitoring.silentAfterHours names ${provider}, but the stage has no section of this provider`,
    );
  }
}

/** Returns the number of days after the final decision in which evidence of a provider may still be stored. */
function evidenceDeadlineDays({ stage }: ProviderInStage): number {
  return Math.ceil(stage.evidenceDeadlineSeconds / secondsPerDay);
}
