import { datakeen } from '../../shared/providers/datakeen/provider.ts';
import { receivingDependencies } from '../../shared/receiving/aws-dependencies.ts';
import { receiveWebhook } from '../../shared/receiving/receive-webhook.ts';

export const handler = receiveWebhook(
  datakeen.webhook(process.env),
  receivingDependencies('datakeen', process.env),
);
