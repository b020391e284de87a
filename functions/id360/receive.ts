import { id360 } from '../../shared/providers/id360/provider.ts';
import { createReceiverDependencies } from '../../shared/receiving/aws-dependencies.ts';
import { receiveWebhook } from '../../shared/receiving/receive-webhook.ts';

export const handler = receiveWebhook(
  id360.webhook(process.env),
  createReceiverDependencies('id360', process.env),
);
