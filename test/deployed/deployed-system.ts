import { readFileSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { connectToSimulator } from '../../local/simulators/connect-to-simulator.ts';
import { consumer, type EventConsumer } from '../support/event-consumer.ts';
import type { SystemWithTables } from '../support/history-rows.ts';
import { type PlayedSystem, simulationOf } from '../support/play-scenarios.ts';
import { credentials, region } from './emulator/aws-environment.ts';
import { trustCertificate } from './emulator/trust-certificate.ts';
import type { DeploymentDescription } from './global-setup.ts';

/** The deployed stack, with the clients that the tests use. */
export interface DeployedSystem extends SystemWithTables {
  readonly system: SystemWithTables['system'] & PlayedSystem;
  readonly deployment: DeploymentDescription;
  readonly s3: S3Client;
  /** Reads the events queue as a consumer does. */
  readonly events: EventConsumer;
  /** The header with IDnow's credential. */
  readonly idnowCredential: Readonly<Record<string, string>>;
  /** Stores the state of a case in the simulator of its provider, whose API then returns it. */
  putState(provider: string, state: unknown): Promise<void>;
}

/** Functions start slowly, because the emulator starts a process for each instance. */
const patienceMs = 90_000;

/**
 * The stack that the global setup has deployed. All files use the same clients: two consumers of one queue would take each
 * other's events.
 */
export const deployed = connectToDeployedSystem();

function connectToDeployedSystem(): DeployedSystem {
  const deployment = inject('deployment');
  const { endpoint, certificateFile, outputs } = deployment;
  trustCertificate(readFileSync(certificateFile, 'utf8'));
  const aws = { endpoint, region, credentials };
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  const sqs = new SQSClient(aws);
  const events = consumer(sqs, outputs.EventsQueueUrl ?? '', patienceMs);
  const providers = Object.fromEntries(
    Object.entries(deployment.providers).map(([name, { config, simulatorUrl }]) => [
      name,
      { config, simulator: connectToSimulator(simulatorUrl, simulationOf(name)) },
    ]),
  );
  return {
    system: {
      providers,
      stack: {
        region,
        credentials,
        outputs,
        endpoints: { dynamodb: endpoint },
        url: urlAtEmulator(endpoint, outputs.WebhooksUrl ?? '').replace(/\/webhooks\/$/, ''),
      },
    },
    deployment,
    s3,
    events,
    idnowCredential: readIdnowCredential(providers.idnow?.config),
    async putState(provider, state) {
      await providers[provider]?.simulator.put(state);
    },
  };
}

function readIdnowCredential(config: unknown): Record<string, string> {
  const { username = '', password = '' } = simulationOf('idnow').readLocalConfig(config).credential;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/**
 * Translates a URL of the deployed API into the emulator's path for this API. The output `WebhooksUrl` names a host of
 * AWS.
 */
function urlAtEmulator(endpoint: string, url: string): string {
  const { hostname, pathname } = new URL(url);
  const [api] = hostname.split('.');
  const [, stage, ...path] = pathname.split('/');
  return `${endpoint}/restapis/${api}/${stage}/_user_request_/${path.join('/')}`;
}
