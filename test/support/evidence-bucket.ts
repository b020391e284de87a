import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { buildEvidenceJobOutputNames } from '../../infra/evidence-job-outputs.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { SystemUnderTest } from './system-under-test.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Creates test helpers. They access the evidence bucket, a provider's job queues and IDnow's API directly, not through
 * the Lambda functions of the local stack.
 */
export function evidenceOf(sut: SystemUnderTest, provider: ProviderName = 'idnow') {
  const { outputs } = sut.system.stack;
  const names = buildEvidenceJobOutputNames(provider);
  const jobsQueueUrl = outputs[names.queueUrl] ?? '';
  const deadLetterQueueUrl = outputs[names.deadLetterQueueUrl] ?? '';
  const bucket = outputs.EvidenceBucketName ?? '';
  const deadLetters: { body: string; reason: string | undefined }[] = [];

  /** Returns the generation of a verification, which its first event contains. Waits for this event. */
  async function generation(verificationId: string): Promise<string> {
    const [first] = await sut.events.receive(verificationId, 1);
    if (first === undefined) throw new Error(`${verificationId} has no event`);
    return first.data.generation;
  }

  return {
    bucket,
    generation,
    /**
     * Returns the folder of the evidence that an event of a verification requested. Waits for the verification's first
     * event.
     */
    async folder(verificationId: string, sequence = 1): Promise<string> {
      const [owner] = verificationId.split(':');
      const path = `${owner}/${verificationId.replaceAll(':', '!').replaceAll('%', '!!')}`;
      return `evidence/${path}/${await generation(verificationId)}/${String(sequence).padStart(6, '0')}`;
    },
    /** Returns the keys below a prefix, in the order of S3. */
    async keys(prefix: string): Promise<string[]> {
      const { Contents: contents = [] } = await sut.s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return contents.map(({ Key }) => Key ?? '');
    },
    async bytes(key: string): Promise<Buffer> {
      const { Body: body } = await sut.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await body?.transformToByteArray()) ?? []);
    },
    async contentType(key: string): Promise<string | undefined> {
      return (await sut.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).ContentType;
    },
    async sendJob(body: unknown): Promise<void> {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      await sut.sqs.send(new SendMessageCommand({ QueueUrl: jobsQueueUrl, MessageBody: text }));
    },
    /** Returns the number of jobs on the queue: jobs that wait, that run, or that wait for their next try. */
    async openJobs(): Promise<number> {
      const { Attributes: all = {} } = await sut.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: jobsQueueUrl, AttributeNames: ['All'] }),
      );
      return Number(all.ApproximateNumberOfMessages) + Number(all.ApproximateNumberOfMessagesNotVisible);
    },
    /** Returns all messages of the provider's dead-letter queue so far, each with the reason why it is there. */
    async deadLetters() {
      const { Messages: messages = [] } = await sut.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          VisibilityTimeout: 3600,
        }),
      );
      for (const { Body = '', MessageAttributes } of messages) {
        deadLetters.push({ body: Body, reason: MessageAttributes?.reason?.StringValue });
      }
      return deadLetters;
    },
    /** Logs in at IDnow's API, and fetches a path. @returns the body of the answer */
    async provider(
      path: string,
      { companyId, apiKey }: { companyId: string; apiKey: string },
    ): Promise<Buffer> {
      const base = `${sut.simulator.url}/api/v1/${companyId}`;
      const login = await fetch(`${base}/login`, { method: 'POST', body: JSON.stringify({ apiKey }) });
      const { authToken } = JSON.parse(await login.text());
      const answer = await fetch(`${base}/${path}`, { headers: { 'x-api-login-token': authToken } });
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}
