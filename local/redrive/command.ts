import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { moveMessages, type QueuePair } from '../../shared/operations/redrive/move-messages.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { fetchLocalStackDescription } from '../ask-local-stack.ts';
import { parseCommandOptions } from '../parse-options.ts';

const usage = `Usage: npm run redrive -- [options]

Moves the dead letters of the events queue back to the events queue, in order.

  --port N    the port of the local stack on 127.0.0.1 (default: 8787)
  --from URL  only for a deployed stack: the output EventsDeadLetterQueueUrl
  --to URL    only for a deployed stack: the output EventsQueueUrl
  --help      print this text`;

const options = {
  port: { type: 'string', default: '8787' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const Description = z.object({
  region: z.string(),
  endpoints: z.object({ sqs: z.string() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.object({ eventsQueueUrl: z.string(), eventsDeadLetterQueueUrl: z.string() }),
});

interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Runs `npm run redrive`. @returns the exit code: 0, or 2 if the arguments or the local stack cannot be used */
export async function runRedriveCommand(
  args: readonly string[],
  { print, complain }: Terminal,
): Promise<number> {
  try {
    const { port, from, to, help } = parseCommandOptions(args, options, usage);
    if (help) {
      print(usage);
      return 0;
    }
    const { sqs, queues } = await connect(port, from, to);
    const moved = await moveMessages(sqs, queues).finally(() => sqs.destroy());
    print(`${moved} moved from ${queues.from} to ${queues.to}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    complain(error.message);
    return 2;
  }
}

async function connect(
  port: string,
  from: string | undefined,
  to: string | undefined,
): Promise<{ sqs: SQSClient; queues: QueuePair }> {
  if (from !== undefined && to !== undefined) return { sqs: new SQSClient(), queues: { from, to } };
  if (from !== undefined || to !== undefined) {
    throw new ConfigurationError(`--from and --to belong together\n\n${usage}`);
  }
  const answer = await fetchLocalStackDescription(`http://127.0.0.1:${port}`);
  const description = Description.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (!description.success) {
    throw new ConfigurationError(`No local stack answers on port ${port}: give --port, or --from and --to`);
  }
  const { region, endpoints, credentials, resources } = description.data;
  return {
    sqs: new SQSClient({ region, credentials, endpoint: endpoints.sqs }),
    queues: { from: resources.eventsDeadLetterQueueUrl, to: resources.eventsQueueUrl },
  };
}
