import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { openQuarantineIndex } from '../../shared/verifications/open-quarantine-index.ts';
import type { Foundation } from '../foundation.ts';
import { NodeFunction } from '../lambda-function.ts';
import { addSchedule } from '../schedule.ts';
import type { Stage } from '../stage.ts';
import type { TablesAndBucket } from '../storage.ts';
import { grantIndexReading } from '../table-access.ts';

interface OpenQuarantineCounterProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
}

/** The function that counts the open quarantine every five minutes, for its alarm and the dashboard. */
export class OpenQuarantineCounter extends Construct {
  constructor(scope: Construct, id: string, { stage, foundation, storage }: OpenQuarantineCounterProps) {
    super(scope, id);
    const counter = new NodeFunction(this, 'Function', {
      name: 'count-open-quarantine',
      foundation,
      description: 'Counts the quarantined deliveries that nobody has dealt with',
      // A minute is enough for 100,000 quarantined deliveries.
      timeout: Duration.minutes(1),
      memorySize: 256,
      environment: {
        HISTORY_TABLE: storage.history.tableName,
        PROVIDERS: JSON.stringify(stage.providers.map(({ name }) => name)),
      },
    });
    grantIndexReading(counter, storage.history, openQuarantineIndex, 'dynamodb:Scan');
    addSchedule(this, 'Schedule', {
      description: 'The alarm about the open quarantine needs a current number',
      everyMinutes: 5,
      fn: counter,
    });
  }
}
