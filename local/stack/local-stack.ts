import { type AwsServiceEndpoints, emulatorCredentials, localRegion } from './aws-account.ts';
import { CleanupList } from './cleanup.ts';
import { type EmulatorUrlReplacer, startEmulators } from './emulators/start-emulators.ts';
import { InvocationCount } from './event-sources/invocation-count.ts';
import { startScheduledFunctions } from './event-sources/schedule.ts';
import { startPollers } from './event-sources/start-event-sources.ts';
import { buildFunctionEnvironmentVariables } from './functions/function-environment.ts';
import { readFunctionSettings } from './functions/function-settings.ts';
import { listFunctionResources } from './functions/list-function-resources.ts';
import { createLocalFunction, type LocalFunction } from './functions/local-function.ts';
import type { LogLineListener } from './functions/log-lines.ts';
import { type LocalPages, startHttpServer } from './http/http-server.ts';
import { readRestApi } from './http/rest-api.ts';
import { createMetricRecords } from './records/metric-records.ts';
import { createRequestRecords } from './records/request-records.ts';
import { createResources } from './resources/create-resources.ts';
import { readCloudAssembly } from './template/read-assembly.ts';
import { resolveTemplate } from './template/stack-template.ts';

export type { InvocationResult } from './functions/invocation.ts';
export type { LocalFunction } from './functions/local-function.ts';

export interface LocalStackOptions {
  /**
   * The directory of the synthesized cloud assembly (cdk.out), or a function that creates it. While the function runs, the
   * HTTP API already answers 503, so that a client can see that the stack is starting.
   */
  assembly: string | (() => Promise<string>);
  /** The port of the HTTP API on 127.0.0.1. 0 means any free port. */
  port: number;
  /**
   * The values of secrets, by the secret's name. A secret without an entry gets the value that the CloudFormation
   * template describes.
   */
  secrets?: Record<string, unknown>;
  /**
   * The directory that stores DynamoDB's data and the positions in its streams. Default: a stopped stack keeps no data.
   */
  dataDir?: string;
  /**
   * Called with the URL of each started emulator. Returns the URL that functions and pollers use instead. Tests return
   * the URL of a proxy that counts or fails requests.
   */
  interceptEndpoint?: EmulatorUrlReplacer;
  /**
   * Returns extra environment variables for a function. They override the variables of the CloudFormation template.
   * Only tests use this option.
   */
  variablesOf?: (functionName: string) => Record<string, string>;
  /**
   * The maximum number of instances per function. Default: 4. Tests use fewer, because each instance costs CPU time.
   */
  mostInstances?: number;
  /** Called with each line that a function writes, and each message of the runtime. Default: the lines are dropped. */
  onLog?: LogLineListener;
  /** Builds the body of the answer to `GET /_local`. Before the stack is ready, the server answers 503. */
  localRoute?: (stack: LocalStack) => unknown;
  /** Returns pages that the HTTP server serves beside the REST API, such as the console. Default: none. */
  localPages?: (stack: LocalStack) => LocalPages;
}

export interface LocalStack {
  /** The URL of the HTTP API, for example http://127.0.0.1:8787. */
  url: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  endpoints: AwsServiceEndpoints;
  /** The paths of the REST API, as in the CloudFormation template: `/webhooks/id360/{reference}/{signature}`. */
  routes: readonly string[];
  /** The `Outputs` of the CloudFormation template, with resolved values. */
  outputs: Record<string, string>;
  /**
   * The functions by `FunctionName`. If the CloudFormation template does not set `FunctionName`, the key is the
   * function's logical id.
   */
  functions: Record<string, LocalFunction>;
  /** Stops all pollers, functions, servers and child processes. */
  stop(): Promise<void>;
}

/**
 * Starts the system of a synthesized CDK app on this machine. It reads only the CloudFormation template.
 * @throws LocalStackError if the template contains something that is not supported, or if the port is in use
 * @example const stack = await startLocalStack({ assembly: 'cdk.out', port: 8787 });
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const cleanup = new CleanupList();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: LocalStackOptions, cleanup: CleanupList): Promise<LocalStack> {
  const requests = createRequestRecords();
  const metrics = createMetricRecords();
  const log: LogLineListener = (entry) => {
    requests.addLogLine(entry.line);
    metrics.addLogLine(entry.line);
    options.onLog?.(entry);
  };
  const http = await startHttpServer(options.port, cleanup);
  const intercept = options.interceptEndpoint ?? (async (_service, url) => url);
  // Start the emulators before the synthesis, which takes seconds: a missing emulator is then reported at once.
  const emulators = await startEmulators(options.dataDir, intercept, cleanup);
  const { endpoints, interceptedEndpoints, dynamoDb } = emulators;
  const { assembly: given } = options;
  const assembly = await readCloudAssembly(typeof given === 'string' ? given : await given());

  const context = {
    stackName: assembly.stackName,
    tableSuffix: dynamoDb.tableSuffix,
    streamLabel: new Date().toISOString().replace('Z', ''),
  };
  const template = resolveTemplate(assembly, { ...context, sqsEndpoint: endpoints.sqs });
  // The AWS SDK sends requests about a queue to the host in the queue's URL. So if a test puts a proxy in front of SQS,
  // functions must get queue URLs with the host of the proxy.
  const insideTemplate = resolveTemplate(assembly, { ...context, sqsEndpoint: interceptedEndpoints.sqs });

  const streams = await createResources(template, emulators, options.secrets ?? {}, cleanup);

  const resources = listFunctionResources(insideTemplate);
  const invocations = new InvocationCount();
  const functions = resources.map((resource) => {
    const settings = readFunctionSettings(assembly.directory, resource, options.mostInstances);
    const variables = { ...settings.variables, ...options.variablesOf?.(settings.name) };
    const environment = buildFunctionEnvironmentVariables({ ...settings, variables }, interceptedEndpoints);
    return createLocalFunction(settings, environment, log, () => invocations.increase());
  });
  const { dataDir } = options;
  const eventSources = { functions, endpoints: interceptedEndpoints, streams, invocations, dataDir, log };
  startPollers(insideTemplate, eventSources, cleanup);
  startScheduledFunctions(insideTemplate, functions, cleanup);
  const api = readRestApi(insideTemplate, functions);

  const stack: LocalStack = {
    url: http.url,
    region: localRegion,
    credentials: emulatorCredentials,
    endpoints,
    routes: [...new Set(api?.methods.map(({ resource }) => resource))].toSorted(),
    outputs: template.outputs(),
    functions: Object.fromEntries(
      functions.map((each, index) => [functionKey(each.name, resources[index]), each]),
    ),
    stop: () => cleanup.run(),
  };
  http.serve({
    api,
    local: {
      '/_local': () => options.localRoute?.(stack) ?? { ready: true },
      '/_local/requests': requests.list,
      '/_local/metrics': metrics.list,
    },
    record: requests.addRequest,
    pages: options.localPages?.(stack),
  });
  return stack;
}

function functionKey(name: string, resource: { logicalId: string; properties: object } | undefined): string {
  if (resource === undefined || 'FunctionName' in resource.properties) return name;
  return resource.logicalId;
}
