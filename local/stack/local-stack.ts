import { credentials, type Endpoints, region } from './aws-account.ts';
import { Cleanup } from './cleanup.ts';
import { type InterceptEndpoint, startEmulators } from './emulators/start-emulators.ts';
import { startSchedules } from './event-sources/schedule.ts';
import { startEventSources } from './event-sources/start-event-sources.ts';
import { functionEnvironment } from './functions/function-environment.ts';
import { functionSettings } from './functions/function-settings.ts';
import { type LocalFunction, localFunction } from './functions/local-function.ts';
import type { Log } from './functions/log-lines.ts';
import { startHttpServer } from './http/http-server.ts';
import { readRestApi } from './http/rest-api.ts';
import { createBuckets } from './resources/create-buckets.ts';
import { createQueues } from './resources/create-queues.ts';
import { createSecrets } from './resources/create-secrets.ts';
import { createTables } from './resources/create-tables.ts';
import { deleteTables } from './resources/delete-tables.ts';
import { readAssembly } from './template/read-assembly.ts';
import { resolveTemplate } from './template/stack-template.ts';

export type { InvocationResult } from './functions/invocation.ts';
export type { LocalFunction } from './functions/local-function.ts';

export interface LocalStackOptions {
  /** Directory of the synthesized cloud assembly (cdk.out). */
  assembly: string;
  /** Port of the HTTP API on 127.0.0.1; 0 picks a free one. */
  port: number;
  /** Values of secrets by their template `Name`; others keep what their GenerateSecretString would give. */
  secrets?: Record<string, unknown>;
  /** Keeps DynamoDB's data, and how far its streams are read, in this directory. Gone with the stack when absent. */
  dataDir?: string;
  /**
   * Called once per emulator after it is up. Answers the URL that functions and pollers are given: tests put a
   * counting or failing proxy in between.
   */
  interceptEndpoint?: InterceptEndpoint;
  /** Further environment variables of a function, by its name: they replace those of the template. Tests set them. */
  variablesOf?: (functionName: string) => Record<string, string>;
  /** How many instances of each function run at once. Default: 4. Tests need fewer: each one costs processor time. */
  mostInstances?: number;
  /** Every line that a function writes, and every message of the runtime. Default: dropped. */
  onLog?: Log;
  /** The body of GET /_local once the stack is ready; before, it answers 503. */
  localRoute?: (stack: LocalStack) => unknown;
}

export interface LocalStack {
  /** Of the HTTP API, e.g. http://127.0.0.1:8787 */
  url: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  endpoints: Endpoints;
  /** Paths that the REST API serves, as the template has them: `/webhooks/id360/{reference}/{signature}`. */
  routes: readonly string[];
  /** The template's Outputs, resolved. */
  outputs: Record<string, string>;
  /** By the template's FunctionName where it has one, else by logical id. */
  functions: Record<string, LocalFunction>;
  /** Ends everything: pollers, functions, servers, child processes. */
  stop(): Promise<void>;
}

/**
 * Makes the system of a synthesized CDK app on this machine, from its CloudFormation template alone.
 * @throws LocalStackError when the template asks for what is not known here, or the port is taken
 * @example const stack = await startLocalStack({ assembly: 'cdk.out', port: 8787 });
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const cleanup = new Cleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: LocalStackOptions, cleanup: Cleanup): Promise<LocalStack> {
  const log = options.onLog ?? (() => undefined);
  const assembly = await readAssembly(options.assembly);
  const http = await startHttpServer(options.port, cleanup);
  const intercept = options.interceptEndpoint ?? (async (_service, url) => url);
  const emulators = await startEmulators(options.dataDir, intercept, cleanup);
  const { endpoints, interceptedEndpoints, dynamoDb, secretsManager } = emulators;

  const context = {
    stackName: assembly.stackName,
    tableSuffix: dynamoDb.tableSuffix,
    streamLabel: new Date().toISOString().replace('Z', ''),
  };
  const template = resolveTemplate(assembly, { ...context, sqsEndpoint: endpoints.sqs });
  // The SDK sends a queue's calls to the host in the queue's URL: functions must see the intercepted one.
  const insideTemplate = resolveTemplate(assembly, { ...context, sqsEndpoint: interceptedEndpoints.sqs });

  const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  if (dynamoDb.deleteTables) cleanup.add(() => deleteTables(endpoints.dynamodb, tables));
  const streams = await createTables(endpoints.dynamodb, tables);
  await createQueues(endpoints.sqs, template.resources('AWS::SQS::Queue'));
  await createBuckets(endpoints.s3, template.resources('AWS::S3::Bucket'));
  createSecrets(secretsManager, template.resources('AWS::SecretsManager::Secret'), options.secrets ?? {});

  const resources = insideTemplate.resources('AWS::Lambda::Function');
  const functions = resources.map((resource) => {
    const settings = functionSettings(assembly.directory, resource, options.mostInstances);
    const variables = { ...settings.variables, ...options.variablesOf?.(settings.name) };
    const environment = functionEnvironment({ ...settings, variables }, interceptedEndpoints);
    return localFunction(settings, environment, log);
  });
  const eventSources = { functions, endpoints: interceptedEndpoints, streams, dataDir: options.dataDir, log };
  startEventSources(insideTemplate, eventSources, cleanup);
  startSchedules(insideTemplate, functions, cleanup);
  const api = readRestApi(insideTemplate, functions);

  const stack: LocalStack = {
    url: http.url,
    region,
    credentials,
    endpoints,
    routes: [...new Set(api?.methods.map(({ resource }) => resource))].toSorted(),
    outputs: template.outputs(),
    functions: Object.fromEntries(
      functions.map((each, index) => [functionKey(each.name, resources[index]), each]),
    ),
    stop: () => cleanup.run(),
  };
  http.serve({ api, local: () => options.localRoute?.(stack) ?? { ready: true } });
  return stack;
}

function functionKey(name: string, resource: { logicalId: string; properties: object } | undefined): string {
  if (resource === undefined || 'FunctionName' in resource.properties) return name;
  return resource.logicalId;
}
