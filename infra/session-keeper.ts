import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantSessionAccess } from './provider-access.ts';
import type { TablesAndBucket } from './storage.ts';

interface SessionKeeperProps {
  readonly provider: ProviderName;
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
  const { provider, storage, apiSecret, everyMinutes, description, reason, environment } = props;
  const keeper = new NodeFunction(scope, 'SessionKeeper', {
    name: `keep-${provider}-session`,
    description,
    timeout: Duration.seconds(60),
    memorySize: 256,
    environment: { ...environment, SESSIONS_TABLE: storage.sessions.tableName },
  });
  apiSecret.grantRead(keeper);
  grantSessionAccess(keeper, storage, provider);
  new Rule(scope, 'KeepSession', {
    description: reason,
    schedule: Schedule.rate(Duration.minutes(everyMinutes)),
    targets: [new LambdaFunction(keeper)],
  });
}
