import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { openCaseIndex } from '../shared/verifications/open-case-index.ts';
import { grantObjectActions } from './bucket-access.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantVerificationAccess } from './provider-access.ts';
import { addSchedule } from './schedule.ts';
import type { Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantIndexReading } from './table-access.ts';

interface LookupRequesterProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
  readonly provider: ProviderName;
  /** The maximum number of lookups of this provider in a minute. */
  readonly perMinute: number;
}

/** The time between two runs. The first lookup of a silent case follows after 15 minutes. */
const everyMinutes = 5;

/** Adds a function that requests the lookups of one provider's silent cases, and its schedule. */
export function addLookupRequester(scope: Construct, props: LookupRequesterProps): void {
  const { stage, foundation, storage, provider, perMinute } = props;
  const requester = new NodeFunction(scope, 'LookupRequester', {
    name: `request-${provider}-lookups`,
    foundation,
    description: `Requests a lookup of each ${provider} case that is open and silent`,
    // A run reads and writes each case that it requests: 3,000 cases at the highest setting.
    timeout: Duration.minutes(4),
    memorySize: 256,
    environment: {
      VERIFICATIONS_TABLE: storage.verifications.tableName,
      EVIDENCE_BUCKET: storage.evidence.bucketName,
      RETENTION_DAYS: String(stage.retentionDays),
      LOOKUPS_PER_MINUTE: String(perMinute),
      SCHEDULE_MINUTES: String(everyMinutes),
    },
  });
  grantVerificationAccess(requester, storage, provider);
  for (const folder of ['findings', 'unconfirmed'])
    grantObjectActions(requester, storage.evidence, `${folder}/${provider}`, ['s3:PutObject']);
  grantIndexReading(requester, storage.verifications, openCaseIndex, 'dynamodb:Query');
  addSchedule(scope, 'RequestLookups', {
    description: 'A webhook may be lost, so open cases that are silent are looked up',
    everyMinutes,
    fn: requester,
  });
}
