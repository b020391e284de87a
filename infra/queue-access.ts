import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { grantKeyUse } from './key-access.ts';

/** Allows a function to send messages to a queue. CDK's `grantSendMessages` would also allow to re-encrypt with the key. */
export function grantSending(fn: IFunction, queue: IQueue): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
  // SQS encrypts with a data key that it may have to decrypt again for a later message.
  grantKeyUse(fn, queue.encryptionMasterKey, 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']);
}

/**
 * Allows a function to receive messages of a queue, to hide them for longer and to delete them. Lambda's event source
 * mapping uses the same rights.
 */
export function grantReceiving(fn: IFunction, queue: IQueue): void {
  const actions = [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ];
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [queue.queueArn] }));
  grantKeyUse(fn, queue.encryptionMasterKey, 'sqs', ['kms:Decrypt']);
}
