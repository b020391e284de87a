import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantSessionAccess } from './provider-access.ts';
import { grantSecretReading } from './provider-secret.ts';
import { addSchedule } from './schedule.ts';
import type { TablesAndBucket } from './storage.ts';

interface SessionKeeperProps {
  readonly provider: ProviderName;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
  /** The secret with our credentials for the provider's API. */
  readonly apiSecret: Secret;
  readonly everyMinutes: number;
  readonly description: string;
  /** The reason for `everyMinutes`, which becomes the description of the schedule. */
  readonly reason: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Adds a function that uses our login session at a provider's API on a schedule, so that this session does not expire.
 */
export function addSessionKeeper(scope: Construct, props: SessionKeeperProps): void {
  const { provider, foundation, storage, apiSecret, everyMinutes, description, reason, environment } = props;
  const keeper = new NodeFunction(scope, 'SessionKeeper', {
    name: `keep-${provider}-session`,
    foundation,
    description,
    timeout: Duration.seconds(60),
    memorySize: 256,
    environment: { ...environment, SESSIONS_TABLE: storage.sessions.tableName },
  });
  grantSecretReading(keeper, apiSecret);
  grantSessionAccess(keeper, storage, provider);
  addSchedule(scope, 'KeepSession', { description: reason, everyMinutes, fn: keeper });
}
