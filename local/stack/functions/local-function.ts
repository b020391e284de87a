import { randomUUID } from 'node:crypto';
import type { FunctionSettings } from './function-settings.ts';
import { FunctionInstance } from './instance.ts';
import type { InvocationResult } from './invocation.ts';
import type { LogLineListener } from './log-lines.ts';

export interface LocalFunction {
  name: string;
  invoke(event: unknown): Promise<InvocationResult>;
  /** Ends all instances of the function at once, like a crash. The next invocation starts a new instance. */
  crash(): Promise<void>;
}

export interface StoppableLocalFunction extends LocalFunction {
  readonly arn: string;
  readonly maxInstances: number;
  readonly timeoutMs: number;
  /** Ends all instances of the function. All later invocations fail. */
  stop(): Promise<void>;
}

/**
 * Creates a local function. An invocation uses a free instance, or starts an instance if none is free. If the maximum
 * number of instances is busy, the invocation waits.
 * @param onFinish called when an invocation has finished
 */
export function createLocalFunction(
  settings: FunctionSettings,
  environment: Record<string, string>,
  log: LogLineListener,
  onFinish: () => void,
): StoppableLocalFunction {
  const idle: FunctionInstance[] = [];
  const running = new Set<FunctionInstance>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let stopped = false;

  async function takeTurn(): Promise<void> {
    if (busy < settings.maxInstances) {
      busy += 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function endTurn(): void {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  }

  function takeInstance(): FunctionInstance {
    for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
      if (instance.isAlive) return instance;
    }
    const started = new FunctionInstance(settings, environment, log);
    running.add(started);
    return started;
  }

  async function endAll(): Promise<void> {
    const all = [...running];
    running.clear();
    idle.length = 0;
    await Promise.all(all.map((instance) => instance.terminate()));
  }

  return {
    name: settings.name,
    arn: settings.arn,
    maxInstances: settings.maxInstances,
    timeoutMs: settings.timeoutMs,
    async invoke(event) {
      const requestId = randomUUID();
      if (settings.maxInstances === 0) {
        return failed(requestId, 'TooManyRequestsException', 'ReservedConcurrentExecutions is 0');
      }
      await takeTurn();
      try {
        if (stopped) return failed(requestId, 'Runtime.ExitError', 'The local stack has stopped');
        const instance = takeInstance();
        const result = await instance.invoke(requestId, JSON.stringify(event));
        onFinish();
        if (instance.isAlive) idle.push(instance);
        else running.delete(instance);
        // A stop ends running invocations. This is no error of the function.
        if (result.kind === 'failed' && !stopped) log({ source: settings.name, line: describe(result) });
        return result;
      } finally {
        endTurn();
      }
    },
    crash: endAll,
    async stop() {
      stopped = true;
      await endAll();
    },
  };
}

function failed(requestId: string, errorType: string, errorMessage: string): InvocationResult {
  return { kind: 'failed', requestId, error: { errorType, errorMessage } };
}

function describe({ requestId, error }: Extract<InvocationResult, { kind: 'failed' }>): string {
  return `Invoke Error ${requestId} ${error.errorType}: ${error.errorMessage}`;
}
