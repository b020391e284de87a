import * as z from 'zod/mini';
import type { HistoryRow } from '../../verifications/history-row.ts';

/** How long an event waits for the event before it, in milliseconds. */
export interface Patience {
  /** If no event of its case is known: the event before it was probably published earlier. */
  readonly firstMs: number;
  /** If events are missing between the last one and this one. */
  readonly gapMs: number;
}

interface Known {
  readonly generation: string;
  readonly sequence: number;
}

interface Waiting extends Known {
  readonly row: HistoryRow;
  readonly until: number;
}

/** The maximum number of cases whose last event is remembered. */
const mostCases = 10_000;

const EventNumber = z.object({ data: z.object({ generation: z.string(), sequence: z.number() }) });

/**
 * Puts the events of each case in order. The relay records the writes of a batch at the same time, so the history may get
 * event 2 before event 1.
 */
export class SequenceBuffer {
  readonly #patience: Patience;
  readonly #last = new Map<string, Known>();
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Adds a row. @returns the rows whose turn it is, in order */
  add(row: HistoryRow, nowMs: number): HistoryRow[] {
    const number = EventNumber.safeParse(row.event).data?.data;
    if (number === undefined) return [row];
    const waits = this.#last.has(row.subject) ? this.#patience.gapMs : this.#patience.firstMs;
    const mine = [...(this.#waiting.get(row.subject) ?? []), { ...number, row, until: nowMs + waits }];
    this.#waiting.set(row.subject, mine.toSorted(compare));
    return this.#release(row.subject, nowMs);
  }

  /** Returns the rows that have waited long enough, and those that follow them. */
  releaseExpired(nowMs: number): HistoryRow[] {
    return [...this.#waiting.keys()].flatMap((subject) => this.#release(subject, nowMs));
  }

  #release(subject: string, nowMs: number): HistoryRow[] {
    const mine = this.#waiting.get(subject) ?? [];
    const released: HistoryRow[] = [];
    for (let next = mine[0]; next !== undefined; next = mine[0]) {
      const last = this.#last.get(subject);
      if (!follows(next, last) && next.until > nowMs) break;
      mine.shift();
      released.push(next.row);
      if (last === undefined || compare(next, last) > 0) this.#remember(subject, next);
    }
    if (mine.length === 0) this.#waiting.delete(subject);
    return released;
  }

  #remember(subject: string, { generation, sequence }: Known): void {
    this.#last.delete(subject);
    this.#last.set(subject, { generation, sequence });
    const [oldest] = this.#last.keys();
    if (this.#last.size > mostCases && oldest !== undefined) this.#last.delete(oldest);
  }
}

/** Checks whether an event is the next one of its case, or one that came before. */
function follows(next: Known, last: Known | undefined): boolean {
  if (last === undefined || next.generation > last.generation) return next.sequence === 1;
  return next.generation < last.generation || next.sequence <= last.sequence + 1;
}

function compare(a: Known, b: Known): number {
  if (a.generation !== b.generation) return a.generation < b.generation ? -1 : 1;
  return a.sequence - b.sequence;
}
