import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type ITableV2, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { CustomAlarmThreshold, MonitoringFacade } from 'cdk-monitoring-constructs';
import type { EvidenceFetcher } from '../evidence-fetching.ts';
import type { NodeFunction } from '../lambda-function.ts';
import type { EventQueues } from '../queues.ts';
import type { TablesAndBucket } from '../storage.ts';
import type { WebhookApi } from '../webhook-api.ts';

/** The resources of the stack that get the standard alarms. */
export interface MonitoredResources {
  readonly api: WebhookApi;
  readonly storage: TablesAndBucket;
  readonly queues: EventQueues;
  readonly fetching: readonly EvidenceFetcher[];
  readonly functions: readonly NodeFunction[];
  /** The functions among them that read the stream of the table. */
  readonly streamReaders: readonly NodeFunction[];
}

interface StandardAlarmContext {
  readonly facade: MonitoringFacade;
  readonly stackName: string;
  readonly linkToRunbook: (heading: string) => string;
}

/** Only the alarms of these resources are used: the dashboard has widgets of its own, which answer three questions. */
const withoutWidgets = {
  addToDetailDashboard: false,
  addToSummaryDashboard: false,
  addToAlarmDashboard: false,
} as const;

/** Adds the standard alarms of functions, queues, tables and the API. */
export function addStandardAlarms(
  { api, storage, queues, fetching, functions, streamReaders }: MonitoredResources,
  context: StandardAlarmContext,
): void {
  for (const each of functions) addFunctionAlarms(each, streamReaders.includes(each), context);
  addQueueAlarms(queues, fetching, context);
  addTableAlarms('verifications', storage.verifications, context);
  addTableAlarms('history', storage.history, context);
  context.facade.monitorApiGateway({
    ...withoutWidgets,
    api: api.rest,
    apiStage: api.rest.deploymentStage.stageName,
    alarmFriendlyName: 'api',
    add5XXFaultCountAlarm: {
      Critical: {
        maxErrorCount: 0,
        ...alarm('api-5xx', 'A webhook was answered with 5xx.', 'Webhooks are answered with 5xx', context),
      },
    },
  });
}

function addFunctionAlarms(
  lambdaFunction: NodeFunction,
  readsStream: boolean,
  context: StandardAlarmContext,
): void {
  const { shortName: name } = lambdaFunction;
  const late = 'The stream of the table is ten minutes or more ahead of its function.';
  context.facade.monitorLambdaFunction({
    ...withoutWidgets,
    lambdaFunction,
    alarmFriendlyName: name,
    addFaultCountAlarm: {
      Critical: {
        maxErrorCount: 0,
        ...alarm(`${name}-errors`, `An invocation of ${name} failed.`, 'A function fails', context),
      },
    },
    addThrottlesCountAlarm: {
      Critical: {
        maxErrorCount: 0,
        ...alarm(`${name}-throttled`, `Lambda throttled ${name}.`, 'A function is throttled', context),
      },
    },
    ...(readsStream && {
      addMaxIteratorAgeAlarm: {
        Critical: {
          maxAgeInMillis: Duration.minutes(10).toMilliseconds(),
          ...alarm(`${name}-behind`, late, 'Events are late', context),
        },
      },
    }),
  });
}

function addQueueAlarms(
  { events, eventsDeadLetters }: EventQueues,
  fetching: readonly EvidenceFetcher[],
  context: StandardAlarmContext,
): void {
  const deadEvents = 'An event is in the dead-letter queue, because no consumer processed it.';
  const waiting = 'An event waits for a consumer for 15 minutes.';
  context.facade.monitorSqsQueueWithDlq({
    ...withoutWidgets,
    queue: events,
    deadLetterQueue: eventsDeadLetters,
    alarmFriendlyName: 'events',
    addQueueMaxMessageAgeAlarm: {
      Critical: {
        maxAgeInSeconds: Duration.minutes(15).toSeconds(),
        ...alarm('events-waiting', waiting, 'Consumers are behind', context),
      },
    },
    addDeadLetterQueueMaxSizeAlarm: {
      Critical: {
        maxMessageCount: 0,
        ...alarm('events-dead-letters', deadEvents, 'Events are in the dead-letter queue', context),
      },
    },
  });
  for (const { provider, queues } of fetching) {
    const deadJobs = `${provider}: A job was given up, and is in the dead-letter queue.`;
    context.facade.monitorSqsQueueWithDlq({
      ...withoutWidgets,
      queue: queues.jobs,
      deadLetterQueue: queues.deadLetters,
      alarmFriendlyName: `evidence-jobs-${provider}`,
      addDeadLetterQueueMaxSizeAlarm: {
        Critical: {
          maxMessageCount: 0,
          ...alarm(`${provider}-evidence-given-up`, deadJobs, 'Evidence was given up', context),
        },
      },
    });
  }
}

function addTableAlarms(name: string, { tableName }: ITableV2, context: StandardAlarmContext): void {
  const { facade } = context;
  const throttled = (what: string) => ({
    Critical: {
      maxThrottledEventsThreshold: 0,
      ...alarm(
        `${name}-${what}-throttled`,
        `DynamoDB throttled ${what} of the table ${name}.`,
        'A table throttles',
        context,
      ),
    },
  });
  facade.monitorDynamoTable({
    ...withoutWidgets,
    // The library expects a table of the earlier class, and reads only its name.
    table: Table.fromTableName(facade, `Table${name}`, tableName),
    alarmFriendlyName: name,
    addReadThrottledEventsCountAlarm: throttled('reads'),
    addWriteThrottledEventsCountAlarm: throttled('writes'),
  });
}

/** The settings that all standard alarms share. AWS reports these metrics only while there is something to report. */
function alarm(
  name: string,
  description: string,
  runbook: string,
  { stackName, linkToRunbook }: StandardAlarmContext,
): CustomAlarmThreshold {
  return {
    alarmNameOverride: `${stackName}-${name}`,
    alarmDescriptionOverride: description,
    runbookLink: linkToRunbook(runbook),
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    period: Duration.minutes(5),
  };
}
