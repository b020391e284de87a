import type { ProcessUsage } from './processes.ts';
import { blockSize } from './throughput.ts';

/** How far the soak was, and what it had cost, at one moment. */
interface Sample {
  readonly sent: number;
  readonly archived: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

export interface CostSummary {
  /** Milliseconds of CPU for each webhook: unlike a rate, no other program on the machine changes them. */
  readonly firstCpuMs: number;
  readonly lastCpuMs: number;
  /** Bytes of memory for each archive since the first thousand webhooks; below 0 where it shrank. */
  readonly bytesPerArchive: number;
}

/** Compares what the first and the last thousand webhooks cost, as nearly as the samples' times allow. */
export class Costs {
  readonly #samples: Sample[] = [];

  note({ sent, archived }: { sent: number; archived: number }, { own, children }: ProcessUsage): void {
    const [bytes, cpuMs] = [own.bytes + children.bytes, own.cpuMs + children.cpuMs];
    this.#samples.push({ sent, archived, bytes, cpuMs });
  }

  /** Null while there are not two thousand webhooks between the samples. */
  compare(): CostSummary | null {
    const [start, end] = [this.#samples[0], this.#samples.at(-1)];
    if (start === undefined || end === undefined) return null;
    const firstEnd = this.#samples.find(({ sent }) => sent >= start.sent + blockSize);
    const lastStart = this.#samples.findLast(({ sent }) => sent <= end.sent - blockSize);
    if (firstEnd === undefined || lastStart === undefined || lastStart.sent < firstEnd.sent) return null;
    return {
      firstCpuMs: (firstEnd.cpuMs - start.cpuMs) / (firstEnd.sent - start.sent),
      lastCpuMs: (end.cpuMs - lastStart.cpuMs) / (end.sent - lastStart.sent),
      bytesPerArchive: growth(this.#samples.slice(this.#samples.indexOf(firstEnd))),
    };
  }
}

/** From the lowest sample of the first half to the lowest of the second: garbage comes and goes in between. */
function growth(samples: readonly Sample[]): number {
  const middle = Math.ceil(samples.length / 2);
  const [early, late] = [lowest(samples.slice(0, middle)), lowest(samples.slice(middle))];
  if (early === undefined || late === undefined || late.archived <= early.archived) return 0;
  return (late.bytes - early.bytes) / (late.archived - early.archived);
}

function lowest(samples: readonly Sample[]): Sample | undefined {
  return samples.toSorted((a, b) => a.bytes - b.bytes)[0];
}
