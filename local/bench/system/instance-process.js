// @ts-check
/**
 * The process of one function instance. A process of its own makes its CPU time and its memory measurable. It loads the
 * bundle whose path is the first argument, and handles one event at a time. The bundle must be in a folder without a
 * package.json, as on Lambda, because Node then loads it as CommonJS.
 *
 * This file is JavaScript, because Node's TypeScript compiler would count as memory of the function.
 */
import { createRequire } from 'node:module';

/** @import { InstanceAnswer, InstanceRequest } from './function-process.ts' */

const [, , bundle = ''] = process.argv;

/** @type {{ handler: (event: unknown, context: object) => Promise<unknown> }} */
const { handler } = createRequire(import.meta.url)(bundle);

process.on('message', async (/** @type {InstanceRequest} */ { event, remainingMs }) => {
  const endsAt = Date.now() + remainingMs;
  const context = {
    awsRequestId: 'bench',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:bench',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
  };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  try {
    const payload = await handler(event, context);
    const ms = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    answer({
      payload: JSON.stringify(payload ?? null),
      ms,
      cpuMs: (user + system) / 1000,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

/** @param {InstanceAnswer} message */
function answer(message) {
  process.send?.(message);
}
