import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { capitalizeProviderName } from '../../infra/capitalized.ts';
import { chooseStage } from '../../infra/choose-stage.ts';
import { buildEvidenceJobOutputNames } from '../../infra/evidence-job-outputs.ts';
import { buildStackName } from '../../infra/stack-name.ts';
import type { Stage } from '../../infra/stage.ts';
import { stages } from '../../infra/stages.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { describeProviders } from './provider-settings.ts';
import { readOutputs } from './read-outputs.ts';
import { createCloudWatchMetrics } from './sources/cloudwatch-metrics.ts';
import { createCloudWatchRequestLog } from './sources/cloudwatch-request-log.ts';

/** The outputs of a deployed stack that operators need. */
const Outputs = z.looseObject({
  WebhooksUrl: z.string(),
  VerificationsTableName: z.string(),
  HistoryTableName: z.string(),
  SessionsTableName: z.string(),
  EvidenceBucketName: z.string(),
  EventsQueueUrl: z.string(),
  EventsDeadLetterQueueUrl: z.string(),
});
type Outputs = z.infer<typeof Outputs>;

/**
 * Connects to a stage that is deployed, with the AWS credentials of the shell. CloudFormation names its resources.
 *
 * @throws ConfigurationError if `infra/stages.ts` has no such stage, or it is not deployed, or AWS refuses the credentials
 */
export async function connectToStage(stageName: string): Promise<OperatedStack> {
  const stage = chooseStage(stageName);
  const region = stage.region === undefined ? {} : { region: stage.region };
  const [outputs, operator] = await Promise.all([
    describeOutputs(buildStackName(stageName), region),
    describeOperator(region),
  ]);
  return buildDeployedStack(stage, outputs, operator, region);
}

/**
 * Connects to a deployed stack whose outputs are in a file.
 *
 * @throws ConfigurationError if the file or the stage cannot be used
 */
export async function connectToStackOfOutputs(file: string): Promise<OperatedStack> {
  const { stackName, outputs } = await readOutputs(file, Outputs);
  const found = stages.find(({ name }) => buildStackName(name) === stackName);
  if (found === undefined) throw new ConfigurationError(`infra/stages.ts has no stage of ${stackName}`);
  return buildDeployedStack(chooseStage(found.name), outputs, await describeOperator({}), {});
}

type Region = { readonly region?: string };

async function describeOutputs(StackName: string, region: Region): Promise<Outputs> {
  const client = new CloudFormationClient(region);
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const entries = (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    const outputs = Outputs.safeParse(Object.fromEntries(entries));
    if (outputs.success) return outputs.data;
    throw new ConfigurationError(`${StackName} has not the outputs of this version: deploy the stage`);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const why = error instanceof Error ? error.message : 'unknown';
    throw new ConfigurationError(
      `${StackName} cannot be found: ${why}. Check the AWS credentials and the region of the shell`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

/** @returns the ARN of the caller; `unknown` if AWS does not say it: IAM decides about each later call anyway */
async function describeOperator(region: Region): Promise<string> {
  const client = new STSClient(region);
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn ?? 'unknown';
  } catch {
    return 'unknown';
  } finally {
    client.destroy();
  }
}

function buildDeployedStack(
  { name, retentionDays, providers, monitoring, bucketProtection }: Stage,
  outputs: Outputs,
  operator: string,
  region: Region,
): OperatedStack {
  return {
    stageName: name,
    stackName: buildStackName(name),
    operator,
    webhooksUrl: outputs.WebhooksUrl,
    verificationsTable: outputs.VerificationsTableName,
    historyTable: outputs.HistoryTableName,
    sessionsTable: outputs.SessionsTableName,
    evidenceBucket: outputs.EvidenceBucketName,
    eventsQueueUrl: outputs.EventsQueueUrl,
    eventsDeadLetterQueueUrl: outputs.EventsDeadLetterQueueUrl,
    evidenceJobs: Object.fromEntries(
      providers.map((provider) => {
        const { queueUrl, deadLetterQueueUrl } = buildEvidenceJobOutputNames(provider.name);
        return [
          provider.name,
          { queueUrl: String(outputs[queueUrl]), deadLetterQueueUrl: String(outputs[deadLetterQueueUrl]) },
        ];
      }),
    ),
    retentionDays,
    evidenceLock: bucketProtection.lock,
    ...describeProviders(providers),
    silentAfterHours: monitoring.silentAfterHours,
    runbookUrl: monitoring.runbookUrl,
    requests: createCloudWatchRequestLog(
      {
        accessLog: z.string().optional().parse(outputs.AccessLogGroupName),
        receivers: providers.map((provider) =>
          String(outputs[`Receive${capitalizeProviderName(provider.name)}LogGroupName`]),
        ),
      },
      region,
    ),
    metrics: createCloudWatchMetrics(name, region),
    aws: {
      dynamodb: new DynamoDBClient(region),
      streams: new DynamoDBStreamsClient(region),
      secretsManager: new SecretsManagerClient(region),
      s3: new S3Client({ ...region, expectContinueHeader: false }),
      sqs: new SQSClient(region),
    },
  };
}
