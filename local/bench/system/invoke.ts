import * as z from 'zod';
import type { FunctionProcess, Invocation } from './function-process.ts';
import { buildDelivery, buildTextbookDelivery } from './idnow-case.ts';

const Answer = z.object({ statusCode: z.number(), body: z.string() });

/** Delivers a webhook to our receiver. @throws Error if the receiver does not accept it */
export async function deliver(receiver: FunctionProcess, body: unknown): Promise<Invocation> {
  return accepted(await receiver.invoke(buildDelivery(body)));
}

/** Delivers a webhook to the textbook receiver. @throws Error if it does not accept the webhook */
export async function deliverToTextbook(textbook: FunctionProcess, body: unknown): Promise<Invocation> {
  return accepted(await textbook.invoke(buildTextbookDelivery(body)));
}

/** Without this check, the bench would measure the refusal of a delivery, which is fast. */
function accepted(invocation: Invocation): Invocation {
  const { statusCode, body } = Answer.parse(JSON.parse(invocation.payload));
  if (statusCode === 200 && body.includes('"accepted"')) return invocation;
  throw new Error(`A delivery of the bench was not accepted: ${statusCode} ${body}`);
}
