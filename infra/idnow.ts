import { Construct } from 'constructs';
import { EvidenceFetching } from './evidence-fetching.ts';
import { providerSecret } from './provider-secret.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';
import type { WebhookApi } from './webhook-api.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

interface IdnowProps {
  readonly stage: Stage;
  readonly settings: NonNullable<Stage['idnow']>;
  readonly storage: Storage;
  readonly api: WebhookApi;
}

/** All that is IDnow's in the stack: two secrets, a receiver with its route, and a fetcher with its queues. */
export class IdnowWebhook extends Construct {
  readonly fetching: EvidenceFetching;

  constructor(scope: Construct, id: string, { stage, settings, storage, api }: IdnowProps) {
    super(scope, id);
    const webhookSecret = providerSecret(this, 'idnow/webhook', 'Basic auth that IDnow presents to us', {
      basicAuth: [],
    });
    const apiSecret = providerSecret(this, 'idnow/api', 'API keys that we present to IDnow, by shortname', {
      accounts: [],
    });
    const receiver = new WebhookReceiver(this, 'Receiver', {
      stage,
      storage,
      provider: 'idnow',
      webhookSecret,
      environment: {
        IDNOW_SOURCE_IPS: JSON.stringify(settings.sourceIps),
        IDNOW_ARCHIVE_ENDED: String(settings.archiveEnded),
      },
    });
    api.route(['idnow'], receiver);
    this.fetching = new EvidenceFetching(this, 'EvidenceFetching', {
      stage,
      storage,
      provider: 'idnow',
      concurrency: settings.evidenceConcurrency,
      apiSecret,
      environment: {
        IDNOW_API_URL: settings.apiUrl,
        IDNOW_API_SECRET_ID: apiSecret.secretArn,
        IDNOW_UNPACK_ZIP: String(settings.unpackZip),
        IDNOW_SIGNING_KEYS: JSON.stringify(settings.signingKeys),
      },
    });
  }
}
