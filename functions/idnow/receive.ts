import { idnow } from '../../shared/providers/idnow/provider.ts';
import { createReceiverDependencies } from '../../shared/receiving/aws-dependencies.ts';
import { receiveWebhook } from '../../shared/receiving/receive-webhook.ts';

export const handler = receiveWebhook(
  idnow.webhook(process.env),
  createReceiverDependencies('idnow', process.env),
);
