import { datakeen } from '../../shared/providers/datakeen/provider.ts';
import { createReceiverDependencies } from '../../shared/receiving/aws-dependencies.ts';
import { receiveWebhook } from '../../shared/receiving/receive-webhook.ts';

export const handler = receiveWebhook(
  datakeen.webhook(process.env),
  createReceiverDependencies('datakeen', process.env),
);
