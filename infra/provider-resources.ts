import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EvidenceFetcher } from './evidence-fetching.ts';
import { addLookupRequester } from './lookup-requester.ts';
import { createProviderSecret } from './provider-secret.ts';
import { buildSecretName } from './secret-name.ts';
import { addSessionKeeper } from './session-keeper.ts';
import type { ProviderInStage, Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';
import type { WebhookApi } from './webhook-api.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

interface ProviderResourcesProps {
  readonly stage: Stage;
  readonly provider: ProviderInStage;
  readonly storage: TablesAndBucket;
  readonly api: WebhookApi;
}

/**
 * All resources of one provider: two secrets, a receiver with its routes, a fetcher with its queues, the schedule of its
 * lookups, and a session keeper if the provider needs one.
 */
export class ProviderResources extends Construct {
  readonly fetching: EvidenceFetcher;
  /** The name of the secret with the credentials that the provider presents to us. */
  readonly webhookSecret: string;
  /** The name of the secret with the credentials that we present to the provider. */
  readonly apiSecret: string;

  constructor(scope: Construct, id: string, { stage, provider, storage, api }: ProviderResourcesProps) {
    super(scope, id);
    const { name, deployment } = provider;
    const { webhookSecret: webhook, apiSecret: account } = provider.stage;
    this.webhookSecret = buildSecretName(Stack.of(this).stackName, name, 'webhook');
    this.apiSecret = buildSecretName(Stack.of(this).stackName, name, 'api');
    const webhookSecret = createProviderSecret(this, name, 'webhook', webhook.description, stage);
    const apiSecret = createProviderSecret(this, name, 'api', account.description, stage);
    const secretVariable = { [`${name.toUpperCase()}_API_SECRET_ID`]: apiSecret.secretArn };

    const receiver = new WebhookReceiver(this, 'Receiver', {
      stage,
      storage,
      provider,
      webhookSecret,
      environment: deployment.receiver,
    });
    api.route(provider, receiver);

    this.fetching = new EvidenceFetcher(this, 'EvidenceFetching', {
      stage,
      storage,
      provider: name,
      concurrency: deployment.evidenceConcurrency,
      apiSecret,
      environment: { ...deployment.fetcher, ...secretVariable },
    });

    addLookupRequester(this, { stage, storage, provider: name, perMinute: deployment.lookupsPerMinute });

    const { sessionKeeper } = deployment;
    if (sessionKeeper === undefined) return;
    const environment = { ...sessionKeeper.environment, ...secretVariable };
    addSessionKeeper(this, { ...sessionKeeper, storage, provider: name, apiSecret, environment });
  }
}
