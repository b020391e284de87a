import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { buildStackName } from '../../../infra/stack-name.ts';
import { type IdnowSimulator, startIdnowSimulator } from '../../simulators/idnow/start-idnow-simulator.ts';
import { emulatorCredentials, localRegion } from '../../stack/aws-account.ts';
import { CleanupList } from '../../stack/cleanup.ts';
import { startEmulators } from '../../stack/emulators/start-emulators.ts';
import { buildFunctionEnvironmentVariables } from '../../stack/functions/function-environment.ts';
import { readFunctionSettings } from '../../stack/functions/function-settings.ts';
import { listFunctionResources } from '../../stack/functions/list-function-resources.ts';
import { createResources } from '../../stack/resources/create-resources.ts';
import { readCloudAssembly } from '../../stack/template/read-assembly.ts';
import { resolveTemplate } from '../../stack/template/stack-template.ts';
import { synthesizeStage } from '../../synthesize.ts';
import { type AwsProxy, createAwsProxy } from './aws-proxy.ts';
import { benchAccount, benchCredential } from './bench-account.ts';
import { type FunctionProcess, type FunctionSource, startFunctionProcess } from './function-process.ts';

const stageName = 'bench';
const stackName = buildStackName(stageName);

/**
 * The emulators with the resources of the synthesized template, but without pollers: nothing runs unless the bench
 * invokes it, so nothing disturbs a measurement.
 */
export interface BenchSystem {
  readonly proxy: AwsProxy;
  readonly simulator: IdnowSimulator;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly endpoints: { readonly dynamodb: string; readonly sqs: string };
  readonly outputs: Readonly<Record<string, string>>;
  /** The ARN of the stream of the verifications table. */
  readonly verificationsStream: string;
  /** A directory for bundles and other temporary files. It has no package.json above it. */
  readonly scratch: string;
  /** Returns a deployed function, such as `receive-idnow`, with the environment of the template. */
  functionSource(name: string): FunctionSource;
  /** Returns the variables that the AWS SDK needs in a function that is not in the template. */
  readonly awsEnvironment: Readonly<Record<string, string>>;
  /** Starts an instance of a function. It ends with the system. */
  start(source: FunctionSource): Promise<FunctionProcess>;
  stop(): Promise<void>;
}

/** Starts the emulators and creates the resources of a stage with IDnow. Build the function bundles first. */
export async function startBenchSystem(): Promise<BenchSystem> {
  const cleanup = new CleanupList();
  try {
    return await start(cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(cleanup: CleanupList): Promise<BenchSystem> {
  const scratch = await mkdtemp(join(tmpdir(), 'idv-webhooks-bench-'));
  cleanup.add(() => rm(scratch, { recursive: true, force: true }));
  const simulator = await startIdnowSimulator({ accounts: [benchAccount] });
  cleanup.add(() => simulator.stop());
  const proxy = createAwsProxy();
  cleanup.add(() => proxy.stop());
  const intercept = (service: string, url: string) => proxy.intercept(service, url);
  const emulators = await startEmulators(undefined, intercept, cleanup);
  const { endpoints, interceptedEndpoints, dynamoDb } = emulators;

  const assembly = await readCloudAssembly(
    await synthesizeStage(benchStage(simulator.url), join(scratch, 'cdk.out')),
  );
  const template = resolveTemplate(assembly, {
    stackName: assembly.stackName,
    tableSuffix: dynamoDb.tableSuffix,
    streamLabel: new Date().toISOString().replace('Z', ''),
    sqsEndpoint: interceptedEndpoints.sqs,
  });
  const secrets = {
    [`${stackName}/idnow/webhook`]: { basicAuth: [benchCredential] },
    [`${stackName}/idnow/api`]: { accounts: [benchAccount] },
  };
  const streams = await createResources(template, emulators, secrets, cleanup);

  const resources = listFunctionResources(template);
  const settings = resources.map((each) => readFunctionSettings(assembly.directory, each));
  const outputs = template.outputs();
  const aws = { region: localRegion, credentials: emulatorCredentials };
  const dynamodb = new DynamoDBClient({ ...aws, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...aws, endpoint: endpoints.sqs });
  cleanup.add(() => {
    dynamodb.destroy();
    sqs.destroy();
  });
  return {
    proxy,
    simulator,
    dynamodb,
    sqs,
    endpoints,
    outputs,
    verificationsStream: streams.get(outputs.VerificationsTableName ?? '') ?? '',
    scratch,
    functionSource(name) {
      const found = settings.find((each) => each.name === `${stackName}-${name}`);
      if (found === undefined) throw new Error(`The template has no function ${name}`);
      return {
        bundle: join(found.taskRoot, 'index.js'),
        environment: buildFunctionEnvironmentVariables(found, interceptedEndpoints),
        memoryMb: found.memoryMb,
      };
    },
    awsEnvironment: buildFunctionEnvironmentVariables(plainFunction, interceptedEndpoints),
    async start(source) {
      const started = await startFunctionProcess(source);
      cleanup.add(() => started.stop());
      return started;
    },
    stop: () => cleanup.run(),
  };
}

/** The settings of the functions that ours are compared with. */
const plainFunction = {
  name: 'reference',
  arn: '',
  taskRoot: '',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  timeoutMs: 20_000,
  memoryMb: 1024,
  maxInstances: 1,
  variables: {},
};

function benchStage(apiUrl: string) {
  return { name: stageName, live: false, idnow: { apiUrl, sourceIps: ['127.0.0.1/32'] } };
}
