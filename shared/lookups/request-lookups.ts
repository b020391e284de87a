import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ScheduledEvent } from 'aws-lambda';
import type { LookupTimes } from '../contract/lookup-times.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { findOpenCases } from '../verifications/open-case-index.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { fitLookupTimes } from './plan-lookup.ts';
import { requestLookup } from './request-lookup.ts';

export interface LookupDependencies {
  readonly provider: ProviderName;
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly verifications: VerificationStore;
  /** The maximum number of lookups of this provider in a minute. */
  readonly perMinute: number;
  /** The time between two runs of the schedule, in minutes. */
  readonly everyMinutes: number;
  /** How long a case is kept after its latest event. */
  readonly retentionSeconds: number;
  readonly telemetry: Telemetry;
  readonly newId: () => string;
}

/**
 * Creates the Lambda handler that requests a lookup of each open case of a provider that has been silent for too long. A
 * schedule calls it. One run requests only as many lookups as the provider gets until the next run, and spreads them over
 * this time. The other cases stay due, and the next run begins with them.
 */
export function requestLookups(timesOfProvider: LookupTimes, dependencies: LookupDependencies) {
  const { provider, dynamodb, table, perMinute, everyMinutes, telemetry } = dependencies;
  const times = fitLookupTimes(timesOfProvider, dependencies.retentionSeconds);
  return async ({ time }: Pick<ScheduledEvent, 'time'>): Promise<void> => {
    const now = new Date(time);
    const limit = perMinute * everyMinutes;
    const due = await findOpenCases({
      dynamodb,
      table,
      provider,
      dueAt: Math.floor(now.getTime() / 1000),
      limit,
    });
    let requested = 0;
    let failed = 0;
    for (const verificationId of due) {
      const notBefore = requested === 0 ? null : new Date(now.getTime() + (requested * 60_000) / perMinute);
      try {
        if (await requestLookup(verificationId, { times, now, notBefore }, dependencies)) requested += 1;
      } catch (error) {
        failed += 1;
        telemetry.error('lookup not requested; the next run requests it', error, { verificationId });
      }
    }
    telemetry.count('LookupsRequested', requested);
    if (failed > 0) telemetry.count('LookupsNotRequested', failed);
    if (due.length === limit) telemetry.count('LookupLimitReached');
    telemetry.flush();
  };
}
