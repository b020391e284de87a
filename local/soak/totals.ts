import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { SoakCaseProblemCounts } from './case-tally.ts';

/** Collects delays in milliseconds, such as the time between our answer to a webhook and the receipt of its event. */
class DelayHistogram {
  readonly #all: RecordableHistogram = createHistogram();
  #recent: RecordableHistogram = createHistogram();

  record(ms: number): void {
    const whole = Math.max(1, Math.round(ms));
    this.#all.record(whole);
    this.#recent.record(whole);
  }

  all(): { median: number; p95: number } {
    return percentiles(this.#all);
  }

  /**
   * Returns the median and the 95th percentile of the delays that were recorded since the previous call of this method.
   */
  recent(): { median: number; p95: number } {
    const recent = percentiles(this.#recent);
    this.#recent = createHistogram();
    return recent;
  }
}

function percentiles(histogram: RecordableHistogram): { median: number; p95: number } {
  return { median: histogram.percentile(50), p95: histogram.percentile(95) };
}

export type SoakAnswerStatus = 'accepted' | 'duplicate' | 'stale' | 'quarantined' | 'refused';

/** What a running soak counts: answers to webhooks, events, archives, and what went wrong. */
export class SoakTotals {
  readonly answers: Record<SoakAnswerStatus, number> = {
    accepted: 0,
    duplicate: 0,
    stale: 0,
    quarantined: 0,
    refused: 0,
  };
  published = 0;
  archived = 0;
  readonly eventLag = new DelayHistogram();
  readonly evidenceLag = new DelayHistogram();
  faults: SoakCaseProblemCounts = { lostEvents: 0, lostArchives: 0, repeated: 0, outOfOrder: 0 };
  /** The number of events that belong to no case of this soak. */
  eventsOfUnknownCases = 0;

  get sent(): number {
    return Object.values(this.answers).reduce((sum, count) => sum + count, 0);
  }

  get lost(): number {
    return this.faults.lostEvents + this.faults.lostArchives;
  }

  /** True if all events and archives arrived, each event arrived once and in order, and no delivery was refused. */
  get isFaultless(): boolean {
    const { repeated, outOfOrder } = this.faults;
    return this.lost + repeated + outOfOrder + this.eventsOfUnknownCases + this.answers.refused === 0;
  }

  addFaults(faults: SoakCaseProblemCounts): void {
    this.faults = {
      lostEvents: this.faults.lostEvents + faults.lostEvents,
      lostArchives: this.faults.lostArchives + faults.lostArchives,
      repeated: this.faults.repeated + faults.repeated,
      outOfOrder: this.faults.outOfOrder + faults.outOfOrder,
    };
  }
}
