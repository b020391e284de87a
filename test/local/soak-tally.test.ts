import { describe, expect, it } from 'vitest';
import { type ExpectedEvidence, SoakCaseChecker, type SoakEvent } from '../../local/soak/case-tally.ts';
import { SoakCases } from '../../local/soak/cases.ts';
import { SoakCpuAndMemoryCosts } from '../../local/soak/costs.ts';
import { ThroughputMeter } from '../../local/soak/throughput.ts';
import { SoakTotals } from '../../local/soak/totals.ts';

const noFaults = { lostEvents: 0, lostArchives: 0, repeated: 0, outOfOrder: 0 };

const event = (sequence: number, extra: Partial<SoakEvent> = {}): SoakEvent => ({
  sequence,
  isFinal: false,
  archiveRequestedBy: null,
  ...extra,
});

/** Creates the tally of one case: the sequences of its accepted webhooks, and the events that its consumer received. */
function tallyOf(evidence: ExpectedEvidence, accepted: readonly number[], received: readonly SoakEvent[]) {
  const tally = new SoakCaseChecker(evidence);
  for (const sequence of accepted) tally.accept(sequence, 0);
  for (const each of received) tally.receive(each);
  return tally;
}

const final = event(2, { isFinal: true });
const archived = event(3, { isFinal: true, archiveRequestedBy: 2 });

describe('CaseTally', () => {
  it.each([
    [
      'a case whose events all arrive in order has no faults',
      'final',
      [1, 2],
      [event(1), final, archived],
      noFaults,
    ],
    [
      'an accepted event that never arrives is lost',
      'final',
      [1, 2],
      [event(1)],
      { ...noFaults, lostEvents: 1 },
    ],
    [
      'the events of a gap in the sequence are lost',
      'none',
      [1],
      [event(1), event(4)],
      { ...noFaults, lostEvents: 2 },
    ],
    [
      'the missing archive of a final state is lost',
      'final',
      [1, 2],
      [event(1), final],
      { ...noFaults, lostArchives: 1 },
    ],
    ['no archive is lost if the case requires none', 'none', [1, 2], [event(1), final], noFaults],
    ['the missing archive of a hint is lost', 'every', [1], [event(1)], { ...noFaults, lostArchives: 1 }],
    [
      'the archive of a later hint counts for an earlier hint',
      'every',
      [1, 2],
      [event(1), event(2), archived],
      noFaults,
    ],
    [
      'an event that arrives twice is repeated',
      'none',
      [1],
      [event(1), event(1)],
      { ...noFaults, repeated: 1 },
    ],
    [
      'an event that arrives after a later event is out of order',
      'none',
      [1, 2],
      [event(2), event(1)],
      { ...noFaults, outOfOrder: 1 },
    ],
  ] as const)('CaseTally counts the faults of a case: %s', (_title, evidence, accepted, received, faults) => {
    expect(tallyOf(evidence, accepted, received).faults()).toEqual(faults);
  });
});

describe('SoakCases', () => {
  it("the soak's totals count the missing events of a case that never becomes complete", async () => {
    // Prepare
    const totals = new SoakTotals();
    const cases = new SoakCases(totals);
    cases.open('idnow:a:1', 'none');
    cases.open('idnow:a:2', 'none');
    for (const id of ['idnow:a:1', 'idnow:a:2']) cases.accept(id, 1);

    // Act
    cases.receive('idnow:a:1', event(1));
    await cases.waitUntilComplete('idnow:a:1');
    cases.closeIncompleteCases();

    // Assess
    expect(totals.lost).toBe(1);
    expect(totals.isFaultless).toBe(false);
  });

  it("the soak's totals count an event that is repeated or leaves a gap after its case is complete", async () => {
    // Prepare
    const totals = new SoakTotals();
    const cases = new SoakCases(totals);
    cases.open('idnow:a:1', 'none');
    cases.accept('idnow:a:1', 1);
    cases.receive('idnow:a:1', event(1));
    await cases.waitUntilComplete('idnow:a:1');

    // Act
    for (const sequence of [1, 3]) cases.receive('idnow:a:1', event(sequence));

    // Assess
    expect(totals.faults).toEqual({ ...noFaults, repeated: 1, lostEvents: 1 });
  });

  it("the soak's totals count an event of an unknown case", () => {
    const totals = new SoakTotals();

    new SoakCases(totals).receive('idnow:a:unknown', event(1));

    expect([totals.eventsOfUnknownCases, totals.isFaultless]).toEqual([1, false]);
  });
});

describe('ThroughputMeter', () => {
  it('ThroughputMeter compares the webhooks per second of the last full block with those of the first block', () => {
    const throughput = new ThroughputMeter(0, 10);

    for (let count = 1; count <= 25; count += 1) throughput.add(count <= 10 ? count * 10 : count * 20 - 100);

    expect(throughput.compare()).toEqual({ first: 100, last: 50, ratio: 0.5 });
  });

  it('ThroughputMeter returns null until two blocks of webhooks are full', () => {
    const throughput = new ThroughputMeter(0, 10);

    for (let count = 1; count < 20; count += 1) throughput.add(count);

    expect(throughput.compare()).toBeNull();
  });
});

describe('SoakCosts', () => {
  const none = { bytes: 0, cpuMs: 0 };

  it('SoakCosts compares the CPU time of the first and last 1000 webhooks, and the lowest memory in each soak half', () => {
    // Prepare: the second thousand webhooks cost twice as much CPU. Some memory samples
    // include 500 bytes that garbage collection has not freed.
    const costs = new SoakCpuAndMemoryCosts();
    const samples = [
      { sent: 0, archived: 0, bytes: 900, cpuMs: 100 },
      { sent: 1_000, archived: 100, bytes: 1_500, cpuMs: 1_100 },
      { sent: 1_200, archived: 110, bytes: 1_000, cpuMs: 1_300 },
      { sent: 1_500, archived: 150, bytes: 1_900, cpuMs: 2_100 },
      { sent: 2_200, archived: 210, bytes: 1_200, cpuMs: 3_300 },
    ];

    // Act
    for (const { sent, archived, bytes, cpuMs } of samples) {
      costs.addSample({ sent, archived }, { own: { bytes, cpuMs }, children: none });
    }

    // Assess
    expect(costs.compare()).toEqual({ firstCpuMs: 1, lastCpuMs: 2, bytesPerArchive: 2 });
  });

  it('SoakCosts returns null before two thousand webhooks are sent', () => {
    const costs = new SoakCpuAndMemoryCosts();

    for (const sent of [0, 1_000, 1_900])
      costs.addSample({ sent, archived: 0 }, { own: none, children: none });

    expect(costs.compare()).toBeNull();
  });
});
