import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface InstanceRequest {
  readonly event: unknown;
  readonly remainingMs: number;
}

/** One invocation of a function. */
export interface Invocation {
  /** The result of the handler, as JSON text. */
  readonly payload: string;
  /** The time until the handler returned. */
  readonly ms: number;
  /** The CPU time of the whole process in that time. */
  readonly cpuMs: number;
  /** The highest resident memory of the process so far. */
  readonly peakBytes: number;
}

export type InstanceAnswer = Invocation | { readonly error: string };

export interface FunctionSource {
  /** The absolute path of the bundle. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
}

/** An instance of a function in a process of its own. */
export interface FunctionProcess {
  readonly memoryMb: number;
  /** Handles one event. Handle one event at a time. @throws Error if the handler fails */
  invoke(event: unknown): Promise<Invocation>;
  /** Returns the number of bytes that the function has written to its log since the last call. */
  takeLogBytes(): number;
  stop(): void;
}

const instanceProcess = fileURLToPath(new URL('./instance-process.js', import.meta.url));
const remainingMs = 600_000;

/** Starts an instance of a function in a process of its own. Resolves after the function's init phase. */
export async function startFunctionProcess({
  bundle,
  environment,
  memoryMb,
}: FunctionSource): Promise<FunctionProcess> {
  const child = fork(instanceProcess, [bundle], {
    env: { ...environment },
    execArgv: [`--max-old-space-size=${memoryMb}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let logBytes = 0;
  let errors = '';
  child.stdout?.on('data', (data: Buffer) => {
    logBytes += data.byteLength;
  });
  child.stderr?.on('data', (data: Buffer) => {
    logBytes += data.byteLength;
    errors = (errors + data.toString()).slice(-2_000);
  });
  await nextMessage(child, () => errors);
  return {
    memoryMb,
    async invoke(event) {
      child.send({ event, remainingMs } satisfies InstanceRequest);
      const answer: InstanceAnswer = await nextMessage(child, () => errors);
      if ('error' in answer) throw new Error(`${bundle}: ${answer.error}`);
      return answer;
    },
    takeLogBytes() {
      const bytes = logBytes;
      logBytes = 0;
      return bytes;
    },
    stop: () => child.kill(),
  };
}

/** Waits for the next message of the instance. @throws Error if the process ends first */
async function nextMessage(child: ChildProcess, errors: () => string) {
  const ended = new AbortController();
  const onExit = () => ended.abort();
  child.once('exit', onExit);
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return message;
  } catch (cause) {
    throw new Error(`An instance of a function ended: ${errors()}`, { cause });
  } finally {
    child.off('exit', onExit);
  }
}
