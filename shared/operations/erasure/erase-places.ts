import type { Message } from '@aws-sdk/client-sqs';
import { buildCasePrefixes } from '../../retention/case-areas.ts';
import type { ProviderAndVerificationId } from '../../verifications/object-keys.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { MessageFate } from './erase-queue.ts';

/** A prefix of the bucket below which objects of a case are. `location` names its area for people. */
export interface PlaceInBucket {
  readonly location: string;
  readonly prefix: string;
}

/** A queue that may have messages of a case. */
export interface PlaceInQueue {
  readonly location: string;
  readonly queueUrl: string;
  /** Finds out whether a message belongs to the case. */
  readonly fateOf: (message: Message) => MessageFate;
  /** True if a message that is hidden now ends without effect when it comes back: a job of an erased case does. */
  readonly endsByItself: boolean;
}

export function listPlacesInBucket(owner: ProviderAndVerificationId): PlaceInBucket[] {
  return buildCasePrefixes(owner).map((prefix) => ({ location: `bucket ${prefix.split('/')[0]}/`, prefix }));
}

/**
 * Lists the queues with events and jobs. A job of the case may also be on another provider's queue: then that provider's
 * fetcher has refused it, and it is a dead letter.
 */
export function listPlacesInQueues(stack: OperatedStack, verificationId: string): PlaceInQueue[] {
  const fateOfEvent = (message: Message) => fateOfEventMessage(message, verificationId);
  const fateOfJob = (message: Message) => fateOfJobMessage(message, verificationId);
  const events = [
    { location: 'queue of events', queueUrl: stack.eventsQueueUrl },
    { location: 'dead letters of events', queueUrl: stack.eventsDeadLetterQueueUrl },
  ];
  const jobs = Object.entries(stack.evidenceJobs).flatMap(([provider, queues]) => [
    { location: `queue of ${provider} jobs`, queueUrl: queues.queueUrl, endsByItself: true },
    // Nobody processes a dead letter, so one that is hidden comes back and stays.
    {
      location: `dead letters of ${provider} jobs`,
      queueUrl: queues.deadLetterQueueUrl,
      endsByItself: false,
    },
  ]);
  return [
    ...events.map((queue) => ({ ...queue, fateOf: fateOfEvent, endsByItself: false })),
    ...jobs.map((queue) => ({ ...queue, fateOf: fateOfJob })),
  ];
}

/** The event `erased` itself stays, so that consumers learn about the erasure. It contains no personal data. */
function fateOfEventMessage({ Body: body }: Message, verificationId: string): MessageFate {
  const { subject, type } = readObject(body);
  if (subject !== verificationId) return 'other';
  return type === 'idv.verification.erased.v1' ? 'keep' : 'delete';
}

function fateOfJobMessage({ Body: body }: Message, verificationId: string): MessageFate {
  return readObject(body).verificationId === verificationId ? 'delete' : 'other';
}

/** A message that is no JSON object belongs to no case. */
function readObject(body: string | undefined): Record<string, unknown> {
  try {
    return Object(JSON.parse(body ?? ''));
  } catch {
    return {};
  }
}
