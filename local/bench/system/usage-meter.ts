import { addUsage, noUsage, type Usage } from '../numbers/costs.ts';
import { measureCall } from './aws-usage.ts';
import type { BenchSystem } from './bench-system.ts';
import type { FunctionProcess, Invocation } from './function-process.ts';
import { countStoredBytes } from './stored-items.ts';
import { createTableReader } from './table-facts.ts';

/** The lines START, END and REPORT that Lambda itself writes to the log of each invocation. */
const platformLogBytes = 300;

/** Adds up what invocations use: their time, their AWS calls and their logs. */
export class UsageMeter {
  readonly #system: BenchSystem;
  readonly #isKept: (table: string) => boolean;
  readonly #firstCall: number;
  #usage: Usage = noUsage;

  /** @param isKept false for tables whose items are deleted soon, so that their storage costs nothing */
  constructor(system: BenchSystem, isKept: (table: string) => boolean = () => true) {
    this.#system = system;
    this.#isKept = isKept;
    this.#firstCall = system.proxy.calls.length;
  }

  /** Adds a webhook's request to the REST API. */
  addApiRequest(): void {
    this.#usage = addUsage(this.#usage, { ...noUsage, apiRequests: 1 });
  }

  /** Adds an invocation. Lambda bills whole milliseconds. */
  addInvocation({ memoryMb, takeLogBytes }: FunctionProcess, { ms }: Invocation): void {
    this.#usage = addUsage(this.#usage, {
      ...noUsage,
      invocations: 1,
      gigabyteSeconds: (Math.ceil(ms) / 1000) * (memoryMb / 1024),
      logBytes: takeLogBytes() + platformLogBytes,
    });
  }

  /** Returns what has been used since the meter was created. */
  async read(): Promise<Usage> {
    const calls = this.#system.proxy.calls.slice(this.#firstCall);
    const factsOf = createTableReader(this.#system.dynamodb);
    const stored = await countStoredBytes(factsOf, calls, this.#isKept);
    const measured = await Promise.all(calls.map((call) => measureCall(call, factsOf)));
    return measured.reduce(addUsage, addUsage(this.#usage, { ...noUsage, ...stored }));
  }
}
