import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalDatakeenConfig } from '../../local/providers/datakeen.ts';
import type { LocalId360Config } from '../../local/providers/id360.ts';
import type { LocalIdnowConfig } from '../../local/providers/idnow.ts';
import {
  createIdentXmlSigningKey,
  type IdentXmlSigningKey,
} from '../../local/simulators/idnow/signing-key.ts';
import {
  type IdnowSimulator,
  startIdnowSimulator,
} from '../../local/simulators/idnow/start-idnow-simulator.ts';
import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from '../../local/start-system.ts';
import { consumer, type EventConsumer } from './event-consumer.ts';
import { synthesizeOnce } from './synthesize-once.ts';

export interface SystemUnderTest {
  readonly system: LocalSystem;
  readonly simulator: IdnowSimulator;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  /** Reads the events queue as a consumer does. */
  readonly events: EventConsumer;
  /**
   * POSTs a body to IDnow's webhook with the right credential. `options` replace the path, the method and the headers.
   */
  post(body: unknown, options?: PostOptions): Promise<Answer>;
  /** All log lines that the functions have written. */
  readonly logs: readonly string[];
  stop(): Promise<void>;
}

export interface PostOptions {
  readonly headers?: Record<string, string>;
  readonly path?: string;
  readonly method?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export const companyId = 'democompany';
const credential = { username: 'idnow', password: 'a-test-password' };
export const authorization = `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;

/**
 * The directory of Node's compile cache, which `vitest.config.ts` sets. Functions start faster, because they reuse the
 * code that earlier functions compiled.
 */
const { NODE_COMPILE_CACHE = '' } = process.env;

type Overrides = Omit<Partial<LocalSystemOptions>, 'config'> & {
  readonly idnow?: Partial<LocalIdnowConfig>;
  /** The configuration of ID360. If absent, the system starts its own ID360 simulator. See `id360-under-test.ts`. */
  readonly id360?: LocalId360Config | undefined;
  /**
   * The configuration of Datakeen. If absent, the system starts its own Datakeen simulator. See
   * `datakeen-under-test.ts`.
   */
  readonly datakeen?: LocalDatakeenConfig | undefined;
  readonly zipPadding?: number;
  /**
   * Gets the URL of the IDnow simulator. Returns the URL to which the system sends its requests to IDnow's API. A test
   * can return the URL of a proxy.
   */
  readonly interceptIdnow?: (url: string) => Promise<string>;
  /** The factor that shortens all pauses of the functions: with 0.05, a pause of one second on AWS takes 50 ms. */
  readonly pauseFactor?: number;
  /** If true, the system knows the key that verifies the IDnow simulator's signatures of reports (`.xml.sig`). */
  readonly knowsSigningKey?: boolean;
};

/** The signing key of the IDnow simulators that the systems under test start. Making it takes 60 ms of CPU time. */
let signingKey: Promise<IdentXmlSigningKey> | undefined;

/** Starts the whole system on a free port, with an IDnow simulator that the test controls. */
export async function startSystemUnderTest({
  idnow,
  id360,
  datakeen,
  zipPadding,
  interceptIdnow = async (url) => url,
  pauseFactor = 0.05,
  knowsSigningKey = false,
  ...options
}: Overrides = {}): Promise<SystemUnderTest> {
  const accounts = [{ companyId, apiKey: 'a-test-api-key' }];
  signingKey ??= createIdentXmlSigningKey();
  const simulator = await startIdnowSimulator({
    accounts,
    signingKey: await signingKey,
    ...(zipPadding ? { zipPadding } : {}),
  });
  const logs: string[] = [];
  const system = await startLocalSystem({
    port: 0,
    onLog: ({ source, line }) => logs.push(`${source} ${line}`),
    variablesOf: () => ({ PAUSE_FACTOR: String(pauseFactor), NODE_COMPILE_CACHE }),
    synthesize: synthesizeOnce,
    // The default is one instance per function, because each instance loads and compiles its function's bundle. Tests
    // of concurrency start more instances.
    mostInstances: 1,
    ...options,
    config: {
      idnow: {
        apiUrl: await interceptIdnow(simulator.url),
        accounts,
        basicAuth: [credential],
        sourceIps: ['127.0.0.1/32'],
        signingKeys: knowsSigningKey ? [simulator.signingKeyPem] : [],
        archiveEnded: false,
        unpackZip: false,
        ...idnow,
      },
      ...(id360 && { id360 }),
      ...(datakeen && { datakeen }),
    },
  });
  const { stack } = system;
  const aws = { region: stack.region, credentials: stack.credentials };
  const sqs = new SQSClient({ ...aws, endpoint: stack.endpoints.sqs });
  const dynamodb = new DynamoDBClient({ ...aws, endpoint: stack.endpoints.dynamodb });
  const s3 = new S3Client({ ...aws, endpoint: stack.endpoints.s3, forcePathStyle: true });
  const events = consumer(sqs, stack.outputs.EventsQueueUrl ?? '');
  return {
    system,
    simulator,
    dynamodb,
    s3,
    sqs,
    events,
    post: (body, postOptions) => post(stack.url, body, postOptions),
    logs,
    async stop() {
      events.stop();
      await system.stop();
      await simulator.stop();
      dynamodb.destroy();
      sqs.destroy();
      s3.destroy();
    },
  };
}

async function post(url: string, body: unknown, options: PostOptions = {}): Promise<Answer> {
  const { path = '/webhooks/idnow', method = 'POST', headers = { authorization } } = options;
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: bytes }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
