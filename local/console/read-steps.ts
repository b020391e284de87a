import type { CaseExplanation } from '../../shared/operations/case/explain-case.ts';
import { readDeliveryBody } from '../../shared/operations/reading/delivery-body.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import type { ShownBody } from './components/bodies.ts';
import type { TimelineStep } from './components/timeline.ts';

/** Reads the raw bodies of the newest steps of a case. */
export function readSteps(
  stack: Pick<OperatedStack, 'aws'>,
  { timeline }: CaseExplanation,
  maxSteps: number,
): Promise<TimelineStep[]> {
  return Promise.all(
    timeline
      .slice(-maxSteps)
      .map(async (entry) => ({ entry, body: entry.delivery && (await readBody(stack, entry.delivery)) })),
  );
}

/** A larger body would make the page slow, in bytes. */
const maxShownBytes = 256 * 1024;

async function readBody(stack: Pick<OperatedStack, 'aws'>, { body }: Delivery): Promise<ShownBody> {
  const bytes = await readDeliveryBody(stack, body);
  if (bytes === null) return { kind: 'gone' };
  if (bytes.length > maxShownBytes) return { kind: 'large', bytes: bytes.length };
  try {
    return { kind: 'json', value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { kind: 'other', bytes };
  }
}
