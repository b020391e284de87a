import type { ProcessUsage } from './processes.ts';
import { throughputBlockSize } from './throughput.ts';

/** One measurement of a running soak: the webhooks and archives so far, the current memory, and the CPU time so far. */
interface Sample {
  readonly sent: number;
  readonly archived: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

export interface SoakCpuAndMemorySummary {
  /**
   * Milliseconds of CPU time per webhook, for the first thousand webhooks. Other programs on the machine change the
   * rate of a soak, but hardly its CPU time.
   */
  readonly firstCpuMs: number;
  readonly lastCpuMs: number;
  /** The memory growth in bytes per archive, after the first thousand webhooks. Negative if the memory shrank. */
  readonly bytesPerArchive: number;
}

/**
 * Compares the CPU time of the first and the last thousand webhooks, and computes the memory growth. The thousands are
 * approximate, because each begins and ends at a measurement.
 */
export class SoakCpuAndMemoryCosts {
  readonly #samples: Sample[] = [];

  addSample({ sent, archived }: { sent: number; archived: number }, { own, children }: ProcessUsage): void {
    const [bytes, cpuMs] = [own.bytes + children.bytes, own.cpuMs + children.cpuMs];
    this.#samples.push({ sent, archived, bytes, cpuMs });
  }

  /** @returns null if fewer than two thousand webhooks were sent between the first and the last measurement */
  compare(): SoakCpuAndMemorySummary | null {
    const [start, end] = [this.#samples[0], this.#samples.at(-1)];
    if (start === undefined || end === undefined) return null;
    const firstEnd = this.#samples.find(({ sent }) => sent >= start.sent + throughputBlockSize);
    const lastStart = this.#samples.findLast(({ sent }) => sent <= end.sent - throughputBlockSize);
    if (firstEnd === undefined || lastStart === undefined || lastStart.sent < firstEnd.sent) return null;
    return {
      firstCpuMs: (firstEnd.cpuMs - start.cpuMs) / (firstEnd.sent - start.sent),
      lastCpuMs: (end.cpuMs - lastStart.cpuMs) / (end.sent - lastStart.sent),
      bytesPerArchive: growthPerArchive(this.#samples.slice(this.#samples.indexOf(firstEnd))),
    };
  }
}

/**
 * Computes the memory growth in bytes per archive. Compares the lowest memory in the first half of the samples with the
 * lowest memory in the second half. Other samples contain more garbage that V8 has not collected yet.
 */
function growthPerArchive(samples: readonly Sample[]): number {
  const middle = Math.ceil(samples.length / 2);
  const [early, late] = [lowest(samples.slice(0, middle)), lowest(samples.slice(middle))];
  if (early === undefined || late === undefined || late.archived <= early.archived) return 0;
  return (late.bytes - early.bytes) / (late.archived - early.archived);
}

function lowest(samples: readonly Sample[]): Sample | undefined {
  return samples.toSorted((a, b) => a.bytes - b.bytes)[0];
}
