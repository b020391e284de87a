import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { EvidenceFetching } from './evidence-fetching.ts';
import { NodeFunction } from './lambda-function.ts';
import { allowSessions } from './provider-access.ts';
import { providerSecret } from './provider-secret.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';
import type { WebhookApi } from './webhook-api.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

interface Id360Props {
  readonly stage: Stage;
  readonly settings: NonNullable<Stage['id360']>;
  readonly storage: Storage;
  readonly api: WebhookApi;
}

/** All that is ID360's in the stack: two secrets, a receiver with its routes, a fetcher with its queues, a session keeper. */
export class Id360Webhook extends Construct {
  readonly fetching: EvidenceFetching;

  constructor(scope: Construct, id: string, { stage, settings, storage, api }: Id360Props) {
    super(scope, id);
    const webhookSecret = providerSecret(
      this,
      'id360/webhook',
      'What proves a callback of ID360: header, signed URL',
      {
        callbackHeader: { name: 'x-callback-token', values: [] },
        urlSecrets: [],
      },
    );
    const apiSecret = providerSecret(this, 'id360/api', 'Application account that we present to ID360', {
      username: '',
      password: '',
    });
    const receiver = new WebhookReceiver(this, 'Receiver', {
      stage,
      storage,
      provider: 'id360',
      webhookSecret,
      environment: { ID360_SOURCE_IPS: JSON.stringify(settings.sourceIps) },
    });
    api.route(['id360'], receiver);
    api.route(['id360', '{reference}', '{signature}'], receiver);

    const apiEnvironment = { ID360_API_URL: settings.apiUrl, ID360_API_SECRET_ID: apiSecret.secretArn };
    this.fetching = new EvidenceFetching(this, 'EvidenceFetching', {
      stage,
      storage,
      provider: 'id360',
      concurrency: settings.evidenceConcurrency,
      apiSecret,
      environment: {
        ...apiEnvironment,
        ID360_IDCLAIM_PATH: settings.idclaimPath ?? '',
        ID360_PDF_PATH: settings.pdfPath ?? '',
      },
    });

    const keeper = new NodeFunction(this, 'SessionKeeper', {
      name: 'keep-id360-session',
      description: "Uses ID360's token within its 15 minutes, so that nobody has to log in again",
      timeout: Duration.seconds(60),
      memorySize: 256,
      environment: { ...apiEnvironment, SESSIONS_TABLE: storage.sessions.tableName },
    });
    apiSecret.grantRead(keeper);
    allowSessions(keeper, storage, 'id360');
    new Rule(this, 'KeepSession', {
      description: 'A token lives 15 minutes after its last use',
      schedule: Schedule.rate(Duration.minutes(13)),
      targets: [new LambdaFunction(keeper)],
    });
  }
}
