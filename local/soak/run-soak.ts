import type { LocalSystem } from '../start-system.ts';
import { Cases } from './cases.ts';
import type { SoakOptions } from './command-line.ts';
import { consumeEvents } from './event-consumer.ts';
import { type Memory, measureMemory } from './memory.ts';
import { playCases } from './play-cases.ts';
import { type Summary, tableHead, tableRow } from './texts.ts';
import { blockSize, Throughput } from './throughput.ts';
import { Totals } from './totals.ts';

const rowMs = 10_000;
/** Queues of several consumers: one alone would be the slowest part of the stack. */
const consumers = 2;

/** Sends the traffic, prints a row every ten seconds, and sums up. */
export async function runSoak(
  system: LocalSystem,
  options: SoakOptions,
  stop: AbortSignal,
  write: (line: string) => void,
): Promise<Summary> {
  const totals = new Totals();
  const cases = new Cases(totals);
  const startedAt = performance.now();
  const throughput = new Throughput(startedAt);
  const growth = new Growth(totals);
  const ended = new AbortController();
  const consuming = Array.from({ length: consumers }, () =>
    consumeEvents(system.stack, ended.signal, (subject, event) => cases.receive(subject, event)),
  );

  write(`\n${tableHead()}`);
  let before = { at: startedAt, sent: 0 };
  const printRow = async () => {
    const memory = await measureMemory();
    const at = performance.now();
    const rate = (totals.sent - before.sent) / ((at - before.at) / 1000);
    before = { at, sent: totals.sent };
    growth.note(memory);
    write(tableRow({ seconds: (at - startedAt) / 1000, rate, totals, memory }));
  };
  const rows = setInterval(() => void printRow(), rowMs);
  try {
    await playCases({
      system,
      cases,
      ...options,
      isOver: () => stop.aborted || isOver(options.until, totals.sent, performance.now() - startedAt),
      onAnswer: (status) => {
        totals.answers[status] += 1;
        throughput.add(performance.now());
      },
    });
    await printRow();
  } finally {
    clearInterval(rows);
    ended.abort();
    await Promise.all(consuming);
  }
  cases.settle();
  return { totals, comparison: throughput.compare(), growth: growth.perArchive() };
}

function isOver(until: SoakOptions['until'], sent: number, elapsedMs: number): boolean {
  return 'webhooks' in until ? sent >= until.webhooks : elapsedMs >= until.minutes * 60_000;
}

/** How much memory each archived case takes, once the first thousand webhooks have warmed everything up. */
class Growth {
  readonly #totals: Totals;
  #first: { bytes: number; archived: number } | undefined;
  #last: { bytes: number; archived: number } | undefined;

  constructor(totals: Totals) {
    this.#totals = totals;
  }

  note({ own, children }: Memory): void {
    if (this.#totals.sent < blockSize) return;
    this.#last = { bytes: own + children, archived: this.#totals.archived };
    this.#first ??= this.#last;
  }

  perArchive(): number | null {
    if (this.#first === undefined || this.#last === undefined) return null;
    const archived = this.#last.archived - this.#first.archived;
    return archived === 0 ? null : (this.#last.bytes - this.#first.bytes) / archived;
  }
}
