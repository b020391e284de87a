import { Worker } from 'node:worker_threads';
import type { FunctionSettings } from './function-settings.ts';
import type {
  FunctionError,
  FunctionWorkerThreadMessage,
  InvocationRequest,
  InvocationResult,
} from './invocation.ts';
import { forwardLogLines, type LogLineListener } from './log-lines.ts';

/**
 * The time limit of the init phase. Lambda allows 10 s. A laptop needs more time, because all functions start at once.
 */
const initDeadlineMs = 30_000;

/**
 * The maximum size of V8's young generation, in MB.
 * - Without this limit, the young generation grows for thousands of webhooks, which looks like a memory leak. The 17
 *   function instances of a busy stack hold 1,040 MB of heap, of which 340 MB are in use.
 * - With this limit, they hold 450 MB after the first thousand webhooks. The CPU time is the same.
 */
const youngGenerationMb = 6;

/** A running instance of a function: a worker thread that handles one invocation at a time. */
export class FunctionInstance {
  readonly #worker: Worker;
  readonly #settings: FunctionSettings;
  readonly #ready: Promise<FunctionError | undefined>;
  /** Ends the current invocation with a message from the worker thread. Does nothing if no invocation runs. */
  #answer: (message: FunctionWorkerThreadMessage) => void = () => undefined;
  #alive = true;

  constructor(settings: FunctionSettings, environment: Record<string, string>, log: LogLineListener) {
    this.#settings = settings;
    this.#worker = new Worker(new URL('./instance-thread.js', import.meta.url), {
      name: settings.name,
      env: environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: settings.memoryMb,
        maxYoungGenerationSizeMb: youngGenerationMb,
      },
    });
    forwardLogLines(this.#worker.stdout, settings.name, log);
    forwardLogLines(this.#worker.stderr, settings.name, log);
    const init = Promise.withResolvers<FunctionError | undefined>();
    this.#ready = init.promise;
    const initTimer = setTimeout(() => {
      init.resolve({ errorType: 'Sandbox.Timedout', errorMessage: 'The init did not end in time' });
      void this.terminate();
    }, initDeadlineMs);
    const end = (error: FunctionError) => {
      this.#alive = false;
      clearTimeout(initTimer);
      init.resolve(error);
      this.#answer({ kind: 'failed', error });
    };
    this.#worker.on('message', (message: FunctionWorkerThreadMessage) => {
      if (message.kind !== 'ready' && message.kind !== 'init-failed') return this.#answer(message);
      clearTimeout(initTimer);
      init.resolve(message.kind === 'ready' ? undefined : message.error);
      if (message.kind === 'init-failed') void this.terminate();
    });
    this.#worker.on('error', (error) => end(uncaught(error)));
    this.#worker.on('exit', (code) =>
      end({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: exit status ${code}` }),
    );
  }

  /** True until the instance ends for any reason. Do not invoke an instance that has ended. */
  get isAlive(): boolean {
    return this.#alive;
  }

  /** Invokes the function. As on Lambda, the init phase does not count towards the function's time-out. */
  async invoke(requestId: string, event: string): Promise<InvocationResult> {
    const initError = await this.#ready;
    if (initError !== undefined) return { kind: 'failed', requestId, error: initError };
    const { timeoutMs, arn } = this.#settings;
    const { promise, resolve } = Promise.withResolvers<FunctionWorkerThreadMessage>();
    this.#answer = resolve;
    const timer = setTimeout(() => {
      resolve({ kind: 'failed', error: timedOut(requestId, timeoutMs) });
      void this.terminate();
    }, timeoutMs);
    const request: InvocationRequest = {
      requestId,
      functionArn: arn,
      event,
      deadlineMs: Date.now() + timeoutMs,
    };
    this.#worker.postMessage(request);
    const message = await promise;
    clearTimeout(timer);
    this.#answer = () => undefined;
    if (message.kind === 'succeeded')
      return { kind: 'succeeded', requestId, payload: JSON.parse(message.payload) };
    const error = 'error' in message ? message.error : { errorType: 'Unknown', errorMessage: message.kind };
    return { kind: 'failed', requestId, error };
  }

  async terminate(): Promise<void> {
    this.#alive = false;
    await this.#worker.terminate();
  }
}

function timedOut(requestId: string, timeoutMs: number): FunctionError {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
  };
}

function uncaught(error: unknown): FunctionError {
  if (!(error instanceof Error))
    return { errorType: 'Runtime.UnhandledException', errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
