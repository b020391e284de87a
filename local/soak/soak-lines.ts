import { bold, dim, formatBytes, green, red } from '../terminal.ts';
import type { SoakCpuAndMemorySummary } from './costs.ts';
import type { ProcessUsage } from './processes.ts';
import type { ThroughputComparison } from './throughput.ts';
import type { SoakTotals } from './totals.ts';

const columns = [
  ['time', 6],
  ['sent', 8],
  ['rate', 9],
  ['published', 10],
  ['archived', 9],
  ['event after', 20],
  ['evidence after', 20],
  ['memory', 10],
  ['children', 10],
] as const;

export interface SoakTableRow {
  readonly seconds: number;
  /** Webhooks per second since the previous row of the soak's output. */
  readonly rate: number;
  readonly totals: SoakTotals;
  readonly usage: ProcessUsage;
}

export function formatSoakTableHead(): string {
  return dim(`  ${columns.map(([title, width]) => title.padStart(width)).join(' ')}`);
}

export function formatSoakTableRow({ seconds, rate, totals, usage }: SoakTableRow): string {
  const cells = [
    clock(seconds),
    whole(totals.sent),
    `${rate.toFixed(1)}/s`,
    whole(totals.published),
    whole(totals.archived),
    lag(totals.eventLag.recent()),
    lag(totals.evidenceLag.recent()),
    formatBytes(usage.own.bytes),
    formatBytes(usage.children.bytes),
  ];
  return `  ${cells.map((cell, index) => cell.padStart(columns[index]?.[1] ?? 0)).join(' ')}`;
}

export interface SoakSummary {
  readonly totals: SoakTotals;
  readonly comparison: ThroughputComparison | null;
  readonly costs: SoakCpuAndMemorySummary | null;
}

export function formatSoakSummary({ totals, comparison, costs }: SoakSummary): string[] {
  const { accepted, duplicate, stale, quarantined, refused } = totals.answers;
  const { lostEvents, lostArchives, repeated, outOfOrder } = totals.faults;
  return [
    line(
      'sent',
      totals.sent,
      `${whole(duplicate)} duplicate · ${whole(stale)} stale · ${whole(quarantined)} quarantined · ${whole(refused)} refused`,
    ),
    line('accepted', accepted),
    line('published', totals.published, `${lag(totals.eventLag.all())} after the answer`),
    line('archived', totals.archived, `${lag(totals.evidenceLag.all())} after the answer that requested it`),
    line('lost', totals.lost, `${whole(lostEvents)} events · ${whole(lostArchives)} archives`),
    line(
      'misdelivered',
      repeated + outOfOrder + totals.eventsOfUnknownCases,
      `${whole(repeated)} repeated · ${whole(outOfOrder)} out of order · ${whole(totals.eventsOfUnknownCases)} of unknown cases`,
    ),
    ...(comparison === null ? [] : [throughputLine(comparison)]),
    ...(costs === null ? [] : costLines(costs)),
    `  ${totals.isFaultless ? green('✓ nothing is lost, repeated or out of order') : red('✗ something is lost, refused, repeated, out of order or of an unknown case')}`,
  ];
}

function line(title: string, count: number, detail = ''): string {
  return `  ${title.padEnd(13)} ${bold(whole(count).padStart(9))}  ${dim(detail)}`.trimEnd();
}

function throughputLine({ first, last, ratio }: ThroughputComparison): string {
  const percent = `${Math.round(ratio * 100)} %`;
  return `  ${'throughput'.padEnd(13)} ${bold(percent.padStart(9))}  ${dim(`first thousand ${first.toFixed(1)}/s · last thousand ${last.toFixed(1)}/s`)}`;
}

function costLines({ firstCpuMs, lastCpuMs, bytesPerArchive }: SoakCpuAndMemorySummary): string[] {
  const perWebhook = `first thousand ${firstCpuMs.toFixed(1)} ms · last thousand ${lastCpuMs.toFixed(1)} ms per webhook`;
  const grown = `per archive since the first thousand webhooks`;
  return [
    `  ${'CPU'.padEnd(13)} ${bold(`${Math.round((lastCpuMs / firstCpuMs) * 100)} %`.padStart(9))}  ${dim(perWebhook)}`,
    `  ${'memory grew'.padEnd(13)} ${bold(formatBytes(Math.max(0, Math.round(bytesPerArchive))).padStart(9))}  ${dim(grown)}`,
  ];
}

function clock(seconds: number): string {
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, '0')}`;
}

function lag({ median, p95 }: { median: number; p95: number }): string {
  return median === 0 ? '–' : `${duration(median)} (95 %: ${duration(p95)})`;
}

function duration(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const whole = (count: number) => count.toLocaleString('en').replaceAll(',', ' ');
