import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LocalStack } from '../stack/local-stack.ts';
import type { SoakEvent } from './case-tally.ts';

/** The part of an event that the soak reads. The schema checks few fields, to leave CPU time to the stack. */
const Event = z.object({
  type: z.string(),
  subject: z.string(),
  data: z.object({
    sequence: z.number(),
    finality: z.string().nullish(),
    evidence: z.object({ requestedBy: z.number().nullish() }).nullish(),
  }),
});

const archivedType = 'idv.evidence.archived.v1';

/** Reads the events queue until the signal aborts. */
export async function consumeSoakEvents(
  { region, credentials, endpoints, outputs }: LocalStack,
  stop: AbortSignal,
  onEvent: (subject: string, event: SoakEvent) => void,
): Promise<void> {
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  const QueueUrl = outputs.EventsQueueUrl;
  try {
    while (!stop.aborted) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      for (const message of Messages) reportEvent(message, onEvent);
      if (Messages.length > 0)
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles(Messages) }));
    }
  } finally {
    sqs.destroy();
  }
}

function reportEvent({ Body = '' }: Message, onEvent: (subject: string, event: SoakEvent) => void): void {
  const { type, subject, data } = Event.parse(JSON.parse(Body));
  onEvent(subject, {
    sequence: data.sequence,
    isFinal: data.finality === 'final',
    archiveRequestedBy: type === archivedType ? (data.evidence?.requestedBy ?? null) : null,
  });
}

const handles = (messages: Message[]) =>
  messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
