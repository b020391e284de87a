import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Runs a module in a thread of its own, and returns the message that the module posts. A measurement of memory collects
 * garbage many times. In a thread, this takes milliseconds, because the thread's heap has only what the module imports.
 * In the process of the tests, each collection goes through all that the test files of the process have loaded.
 */
export async function runInThread(module: URL): Promise<unknown> {
  const thread = new Worker(module);
  try {
    const [message]: unknown[] = await once(thread, 'message');
    return message;
  } finally {
    await thread.terminate();
  }
}
