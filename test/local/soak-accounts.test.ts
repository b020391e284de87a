import { describe, expect, it } from 'vitest';
import { CaseLedger, type EvidenceRule, type ReceivedEvent } from '../../local/soak/case-ledger.ts';
import { Cases } from '../../local/soak/cases.ts';
import { Costs } from '../../local/soak/costs.ts';
import { Throughput } from '../../local/soak/throughput.ts';
import { Totals } from '../../local/soak/totals.ts';

const sound = { lostEvents: 0, lostArchives: 0, repeated: 0, overtaken: 0 };

const event = (sequence: number, extra: Partial<ReceivedEvent> = {}): ReceivedEvent => ({
  sequence,
  final: false,
  archivedFor: null,
  ...extra,
});

/** A case of which these sequences were accepted, and these events received. */
function ledger(evidence: EvidenceRule, accepted: readonly number[], received: readonly ReceivedEvent[]) {
  const made = new CaseLedger(evidence);
  for (const sequence of accepted) made.accept(sequence, 0);
  for (const each of received) made.receive(each);
  return made;
}

const final = event(2, { final: true });
const archived = event(3, { final: true, archivedFor: 2 });

describe('the accounts of a case', () => {
  it.each([
    ['find no fault when all came in order', 'of-final', [1, 2], [event(1), final, archived], sound],
    ['miss an accepted event that never came', 'of-final', [1, 2], [event(1)], { ...sound, lostEvents: 1 }],
    ['miss the events of a gap', 'none', [1], [event(1), event(4)], { ...sound, lostEvents: 2 }],
    [
      'miss the archive of a final state',
      'of-final',
      [1, 2],
      [event(1), final],
      { ...sound, lostArchives: 1 },
    ],
    ['miss no archive where none is due', 'none', [1, 2], [event(1), final], sound],
    ['miss the archive of a hint', 'of-each', [1], [event(1)], { ...sound, lostArchives: 1 }],
    ['let a later archive serve an earlier hint', 'of-each', [1, 2], [event(1), event(2), archived], sound],
    ['notice an event that came twice', 'none', [1], [event(1), event(1)], { ...sound, repeated: 1 }],
    ['notice an event that was overtaken', 'none', [1, 2], [event(2), event(1)], { ...sound, overtaken: 1 }],
  ] as const)('%s', (_title, evidence, accepted, received, faults) => {
    expect(ledger(evidence, accepted, received).faults()).toEqual(faults);
  });
});

describe('the accounts of all cases', () => {
  it('count what is missing from a case that never became complete', async () => {
    // Prepare
    const totals = new Totals();
    const cases = new Cases(totals);
    cases.open('idnow:a:1', 'none');
    cases.open('idnow:a:2', 'none');
    for (const id of ['idnow:a:1', 'idnow:a:2']) cases.accept(id, 1);

    // Act
    cases.receive('idnow:a:1', event(1));
    await cases.completion('idnow:a:1');
    cases.settle();

    // Assess
    expect(totals.lost).toBe(1);
    expect(totals.sound).toBe(false);
  });

  it('count an event of a complete case that comes again, or leaves a gap', async () => {
    // Prepare
    const totals = new Totals();
    const cases = new Cases(totals);
    cases.open('idnow:a:1', 'none');
    cases.accept('idnow:a:1', 1);
    cases.receive('idnow:a:1', event(1));
    await cases.completion('idnow:a:1');

    // Act
    for (const sequence of [1, 3]) cases.receive('idnow:a:1', event(sequence));

    // Assess
    expect(totals.faults).toEqual({ ...sound, repeated: 1, lostEvents: 1 });
  });

  it('count an event of a case that nobody played', () => {
    const totals = new Totals();

    new Cases(totals).receive('idnow:a:stranger', event(1));

    expect([totals.strangers, totals.sound]).toEqual([1, false]);
  });
});

describe('the throughput', () => {
  it('compares the last full thousand with the first', () => {
    const throughput = new Throughput(0, 10);

    for (let count = 1; count <= 25; count += 1) throughput.add(count <= 10 ? count * 10 : count * 20 - 100);

    expect(throughput.compare()).toEqual({ first: 100, last: 50, ratio: 0.5 });
  });

  it('compares nothing before there are two full thousands', () => {
    const throughput = new Throughput(0, 10);

    for (let count = 1; count < 20; count += 1) throughput.add(count);

    expect(throughput.compare()).toBeNull();
  });
});

describe('the costs', () => {
  const none = { bytes: 0, cpuMs: 0 };

  it('compare the CPU of the first and the last thousand, and the lowest memory of both halves', () => {
    // Prepare: the second thousand costs twice as much; garbage of 500 bytes comes and goes.
    const costs = new Costs();
    const samples = [
      { sent: 0, archived: 0, bytes: 900, cpuMs: 100 },
      { sent: 1_000, archived: 100, bytes: 1_500, cpuMs: 1_100 },
      { sent: 1_200, archived: 110, bytes: 1_000, cpuMs: 1_300 },
      { sent: 1_500, archived: 150, bytes: 1_900, cpuMs: 2_100 },
      { sent: 2_200, archived: 210, bytes: 1_200, cpuMs: 3_300 },
    ];

    // Act
    for (const { sent, archived, bytes, cpuMs } of samples) {
      costs.note({ sent, archived }, { own: { bytes, cpuMs }, children: none });
    }

    // Assess
    expect(costs.compare()).toEqual({ firstCpuMs: 1, lastCpuMs: 2, bytesPerArchive: 2 });
  });

  it('compare nothing before two thousand webhooks', () => {
    const costs = new Costs();

    for (const sent of [0, 1_000, 1_900]) costs.note({ sent, archived: 0 }, { own: none, children: none });

    expect(costs.compare()).toBeNull();
  });
});
