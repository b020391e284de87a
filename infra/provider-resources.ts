import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EvidenceFetcher } from './evidence-fetching.ts';
import type { Foundation } from './foundation.ts';
import { addLookupRequester } from './lookup-requester.ts';
import { addSystemCheck } from './monitoring/system-check.ts';
import { createProviderSecret } from './provider-secret.ts';
import { buildSecretName } from './secret-name.ts';
import { addSessionKeeper } from './session-keeper.ts';
import type { ProviderInStage, Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';
import type { WebhookApi } from './webhook-api.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

interface ProviderResourcesProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
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

  constructor(scope: Construct, id: string, props: ProviderResourcesProps) {
    super(scope, id);
    const { stage, foundation, provider, storage, api } = props;
    const { name, deployment } = provider;
    const { webhookSecret: webhook, apiSecret: account } = provider.stage;
    const { key } = foundation;
    this.webhookSecret = buildSecretName(Stack.of(this).stackName, name, 'webhook');
    this.apiSecret = buildSecretName(Stack.of(this).stackName, name, 'api');
    const webhookSecret = createProviderSecret(this, name, 'webhook', {
      description: webhook.description,
      stage,
      key,
    });
    const apiSecret = createProviderSecret(this, name, 'api', {
      description: account.description,
      stage,
      key,
    });
    const secretVariable = { [`${name.toUpperCase()}_API_SECRET_ID`]: apiSecret.secretArn };

    const receiver = new WebhookReceiver(this, 'Receiver', {
      stage,
      foundation,
      storage,
      provider,
      webhookSecret,
      environment: deployment.receiver,
    });
    api.route(provider, receiver);

    this.fetching = new EvidenceFetcher(this, 'EvidenceFetching', {
      stage,
      foundation,
      storage,
      provider: name,
      concurrency: deployment.evidenceConcurrency,
      apiSecret,
      environment: { ...deployment.fetcher, ...secretVariable },
    });

    addLookupRequester(this, {
      stage,
      foundation,
      storage,
      provider: name,
      perMinute: deployment.lookupsPerMinute,
    });

    const { sessionKeeper, systemCheck } = deployment;
    if (stage.monitoring.canary && systemCheck !== undefined)
      addSystemCheck(this, name, foundation, systemCheck);
    if (sessionKeeper === undefined) return;
    const environment = { ...sessionKeeper.environment, ...secretVariable };
    addSessionKeeper(this, {
      ...sessionKeeper,
      foundation,
      storage,
      provider: name,
      apiSecret,
      environment,
    });
  }
}
