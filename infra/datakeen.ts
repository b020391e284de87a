import { Construct } from 'constructs';
import { EvidenceFetching } from './evidence-fetching.ts';
import { providerSecret } from './provider-secret.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';
import type { WebhookApi } from './webhook-api.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

interface DatakeenProps {
  readonly stage: Stage;
  readonly settings: NonNullable<Stage['datakeen']>;
  readonly storage: Storage;
  readonly api: WebhookApi;
}

/** All that is Datakeen's in the stack: two secrets, a receiver with its routes, and a fetcher with its queues. */
export class DatakeenWebhook extends Construct {
  readonly fetching: EvidenceFetching;

  constructor(scope: Construct, id: string, { stage, settings, storage, api }: DatakeenProps) {
    super(scope, id);
    const webhookSecret = providerSecret(
      this,
      'datakeen/webhook',
      "What Datakeen's callback URLs are signed with",
      {
        urlSecrets: [],
      },
    );
    const apiSecret = providerSecret(this, 'datakeen/api', 'Account that we present to Datakeen', {
      username: '',
      password: '',
    });
    const newStatusFrom = { DATAKEEN_NEW_STATUS_FROM: JSON.stringify(settings.newStatusFrom) };
    const receiver = new WebhookReceiver(this, 'Receiver', {
      stage,
      storage,
      provider: 'datakeen',
      webhookSecret,
      environment: {
        DATAKEEN_SOURCE_IPS: JSON.stringify(settings.sourceIps),
        ...newStatusFrom,
      },
    });
    // Without a signature it is answered 401, which tells more than a 404.
    api.route(['datakeen'], receiver);
    api.route(['datakeen', '{reference}', '{signature}'], receiver);
    this.fetching = new EvidenceFetching(this, 'EvidenceFetching', {
      stage,
      storage,
      provider: 'datakeen',
      concurrency: settings.evidenceConcurrency,
      apiSecret,
      environment: {
        DATAKEEN_API_URL: settings.apiUrl,
        DATAKEEN_API_SECRET_ID: apiSecret.secretArn,
        DATAKEEN_AUTHORIZATION_SCHEME: settings.authorizationScheme,
        ...newStatusFrom,
      },
    });
  }
}
