import type { LocalSystem } from '../start-system.ts';
import { print } from '../terminal.ts';
import { SoakCases } from './cases.ts';
import type { SoakOptions } from './command-line.ts';
import { SoakCpuAndMemoryCosts } from './costs.ts';
import { consumeSoakEvents } from './event-consumer.ts';
import { playSoakCases } from './play-cases.ts';
import { measureProcessUsage } from './processes.ts';
import { formatSoakTableHead, formatSoakTableRow, type SoakSummary } from './soak-lines.ts';
import { ThroughputMeter } from './throughput.ts';
import { SoakTotals } from './totals.ts';

const rowMs = 10_000;
/** The number of consumers. A single consumer would read events more slowly than the stack publishes them. */
const consumerCount = 2;

/** Sends the traffic of a soak, prints a row of numbers every ten seconds, and returns the summary. */
export async function runSoak(
  system: LocalSystem,
  options: SoakOptions,
  stop: AbortSignal,
): Promise<SoakSummary> {
  const totals = new SoakTotals();
  const cases = new SoakCases(totals);
  const startedAt = performance.now();
  const throughput = new ThroughputMeter(startedAt);
  const costs = new SoakCpuAndMemoryCosts();
  costs.addSample(totals, await measureProcessUsage());
  const ended = new AbortController();
  const consuming = Array.from({ length: consumerCount }, () =>
    consumeSoakEvents(system.stack, ended.signal, (subject, event) => cases.receive(subject, event)),
  );

  print(`\n${formatSoakTableHead()}`);
  let before = { at: startedAt, sent: 0 };
  const printRow = async () => {
    const usage = await measureProcessUsage();
    const at = performance.now();
    const rate = (totals.sent - before.sent) / ((at - before.at) / 1000);
    before = { at, sent: totals.sent };
    costs.addSample(totals, usage);
    print(formatSoakTableRow({ seconds: (at - startedAt) / 1000, rate, totals, usage }));
  };
  const rows = setInterval(() => void printRow(), rowMs);
  try {
    await playSoakCases({
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
  cases.closeIncompleteCases();
  return { totals, comparison: throughput.compare(), costs: costs.compare() };
}

function isOver(until: SoakOptions['until'], sent: number, elapsedMs: number): boolean {
  return 'webhooks' in until ? sent >= until.webhooks : elapsedMs >= until.minutes * 60_000;
}
