import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { FetchedEvidence } from '../../shared/contract/evidence-source.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { at, lookup, transition } from '../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  invalid,
  jobsUnderTest,
  requestedAt,
  transient,
} from './job-under-test.ts';

const underTest = jobsUnderTest();

describe('a job that succeeds', () => {
  test('leaves the queue, and is recorded with what was archived', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ 'ident.json': 'abcdef' });

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual([]);
    expect([...job.archive.objects.keys()]).toEqual([
      `${job.folder}/ident.json`,
      `${job.folder}/manifest.json`,
    ]);
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.evidence.archived.v1',
      evidence: {
        requestedBy: 1,
        manifest: `${job.folder}/manifest.json`,
        artifacts: [{ name: 'ident.json', size: 6 }],
      },
    });
    expect(job.retries).toEqual([]);
    expect(job.deadLetters).toEqual([]);
  });

  test('and comes again: asks neither the provider nor the bucket', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ 'ident.json': 'abcdef' });
    await job.receive();
    job.fetch = () => Promise.reject(invalid);
    job.archive.failReads = true;

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 2 });
  });

  test('after a try that was cut off behind the manifest: is recorded with that very manifest', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ 'ident.json': 'abcdef' });
    await job.receive();
    const before = job.archive.objects.get(`${job.folder}/manifest.json`);
    await job.erase();
    const again = await underTest();
    for (const [key, object] of job.archive.objects) {
      again.archive.objects.set(key.replace(job.folder, again.folder), object);
    }
    again.fetch = async () => evidenceOf({ 'ident.json': 'something else by now' });

    // Act
    await again.receive();

    // Assess
    const manifest = JSON.parse(before?.bytes.toString() ?? '');
    expect((await again.state()).evidence.artifacts).toEqual(manifest.artifacts);
    expect(again.archive.objects.get(`${again.folder}/ident.json`)?.bytes.toString()).toBe('abcdef');
    expect(again.archive.writes).toEqual([]);
  });

  test('records the provider’s word before the evidence, and even where the evidence fails', async () => {
    // Prepare
    const job = await underTest();
    const verdict = transition('USER_REJECTED', { verificationId: job.verificationId, occurredAt: at(20) });
    job.fetch = async () => ({ ...evidenceOf({ 'session.json': transient }), transition: verdict });

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual(['the-message']);
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.verification.revised.v1',
      providerStatus: 'USER_REJECTED',
      lookup: { requestedBy: 1 },
    });
  });

  test('counts no result that has never decided anything', async () => {
    // Prepare
    const job = await underTest();
    const { verificationId } = job;
    const verdict = transition('EXPIRED', { verificationId, rank: 35, origin: lookup(1, 'revise') });
    job.fetch = async () => ({ ...evidenceOf({ 'session.json': 'abc' }), transition: verdict });
    // Act
    await job.receive();
    // Assess
    expect(job.telemetry.counts).toEqual({ EvidenceArchived: 1 });
    expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.archived.v1' });
  });

  test('tells what became of the provider’s word, and counts the reasons that are not known', async () => {
    // Prepare
    const job = await underTest();
    const reasons = [
      { code: 'other', category: 'other', providerCode: 'NEW_OF_2027' },
      { code: 'document_expired', category: 'document_expired', providerCode: 'dateValidity' },
    ] as const;
    const verdict = transition('USER_REJECTED', {
      verificationId: job.verificationId,
      reasons: [...reasons],
    });
    job.fetch = async () => ({ ...evidenceOf({ 'session.json': 'abc' }), transition: verdict });
    const fields = { verificationId: job.verificationId, sequence: 1 };

    // Act
    await job.receive();

    // Assess
    expect(job.telemetry.lines).toContainEqual([
      'info',
      'fetched result accepted',
      { ...fields, change: 'revision' },
    ]);
    expect(job.telemetry.counts).toEqual({ ResultsAccepted: 1, UnknownReasons: 1, EvidenceArchived: 1 });
  });

  test.each([
    ['stale', 'older-final', 5],
    ['duplicate', 'same-meaning', 10],
  ] as const)(
    'is silent to consumers, not to operators, where that word is %s',
    async (kind, why, minute) => {
      // Prepare: the known result is a SUCCESS of minute 10.
      const job = await underTest();
      const late = transition('SUCCESS', {
        verificationId: job.verificationId,
        occurredAt: at(minute),
        fingerprint: 'another body',
      });
      job.fetch = async () => ({ ...evidenceOf({ 'session.json': 'abc' }), transition: late });

      // Act
      await job.receive();

      // Assess
      expect(job.telemetry.lines).toContainEqual([
        'info',
        `fetched result ${kind}`,
        { verificationId: job.verificationId, sequence: 1, reason: why },
      ]);
      expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.archived.v1' });
    },
  );

  test('counts the unknown reasons of evidence that confirms what is known', async () => {
    // Prepare
    const job = await underTest();
    const reasons = [{ code: 'other', category: 'other', providerCode: 'NEW_OF_2027' }] as const;
    job.fetch = async () => ({ ...evidenceOf({ 'report.json': 'abc' }), reasons });
    // Act
    await job.receive();
    // Assess
    expect(job.telemetry.counts).toEqual({ UnknownReasons: 1, EvidenceArchived: 1 });
  });
});

describe('a job that fails for now', () => {
  test.each([
    [1, 1],
    [2, 2],
    [5, 16],
    [40, 900],
  ])('received %i times: stays on the queue, hidden for %i s', async (receives, seconds) => {
    // Prepare
    const job = await underTest();
    job.fetch = () => Promise.reject(transient);

    // Act
    const left = await job.receive({ receives });

    // Assess
    expect(left).toEqual(['the-message']);
    expect(job.retries).toEqual([['the-receipt', seconds]]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 1 });
  });

  test('keeps what has come, and fetches the rest the next time', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ a: 'one', b: transient, c: 'three' });
    await job.receive();
    const before = [...job.archive.objects.keys()];
    job.fetch = async () => evidenceOf({ a: invalid, b: 'two', c: invalid });

    // Act
    const left = await job.receive({ receives: 2 });

    // Assess
    expect(before).toEqual([`${job.folder}/a`, `${job.folder}/c`]);
    expect(left).toEqual([]);
    expect((await job.state()).evidence.artifacts.map(({ name }: { name: string }) => name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('is not given up for one file while another may still come', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ a: invalid, b: transient });

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual(['the-message']);
    expect(job.deadLetters).toEqual([]);
  });

  test.each(['never answers', 'trickles'])('for one file that %s archives the others', async (how) => {
    // Prepare
    const job = await underTest();
    const hanging = (artifact: FetchedEvidence['artifacts'][number]) => ({
      ...artifact,
      async open(signal: AbortSignal) {
        const aborted = () =>
          new Promise<never>((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason)),
          );
        async function* body() {
          yield Buffer.from('a');
          await aborted();
        }
        return how === 'trickles' ? { body: body(), length: null, ending: 'last-chunk' as const } : aborted();
      },
    });
    job.fetch = async () => {
      const evidence = evidenceOf({ a: 'one', slow: 'x', 'also slow': 'x', d: transient, e: 'five' });
      const [a, slow, alsoSlow, ...others] = evidence.artifacts;
      if (a === undefined || slow === undefined || alsoSlow === undefined) throw new Error('no artifacts');
      return { ...evidence, artifacts: [a, hanging(slow), hanging(alsoSlow), ...others] };
    };

    // Act: of 1.2 s, those that are slow have an equal share each, and then what is left.
    const left = await job.receive({ remainingMs: 11_200 });

    // Assess
    expect(left).toEqual(['the-message']);
    expect([...job.archive.objects.keys()]).toEqual([`${job.folder}/a`, `${job.folder}/e`]);
    const failed = job.telemetry.lines.filter(([, message]) => message === 'artifact not fetched');
    expect(failed.map(([, , { name }]) => name).sort()).toEqual(['also slow', 'd', 'slow']);
  });

  test('for a file that needs more than its share gives it what the others have left over', async () => {
    // Prepare
    const job = await underTest();
    let asked = 0;
    job.fetch = async () => {
      const evidence = evidenceOf({ large: 'large', small: 'small' });
      const [large, ...others] = evidence.artifacts;
      if (large === undefined) throw new Error('no artifacts');
      const open = async (signal: AbortSignal) => {
        asked += 1;
        if (asked === 1) await once(signal, 'abort');
        signal.throwIfAborted();
        return large.open(signal);
      };
      return { ...evidence, artifacts: [{ ...large, open }, ...others] };
    };

    // Act: of 4 s.
    const left = await job.receive({ remainingMs: 14_000 });

    // Assess
    expect([asked, left]).toEqual([2, []]);
    expect([...job.archive.objects.keys()].sort()).toEqual(
      ['large', 'manifest.json', 'small'].map((name) => `${job.folder}/${name}`),
    );
  });

  test('ends ten seconds before the function would be killed', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async (signal) =>
      evidenceOf({
        async *'ident.zip'() {
          yield Buffer.from('abc');
          await new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason)),
          );
        },
      });

    // Act
    const begun = performance.now();
    const left = await job.receive({ remainingMs: 11_200 });
    const seconds = (performance.now() - begun) / 1000;

    // Assess
    expect(seconds).toBeGreaterThan(1.1);
    expect(seconds).toBeLessThan(8);
    expect(left).toEqual(['the-message']);
    expect(job.retries).toEqual([['the-receipt', 1]]);
    expect([...job.archive.objects.keys()]).toEqual([]);
  });

  test('stays on the queue also where SQS does not say for how long', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = () => Promise.reject(transient);
    job.queueFails = true;

    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
  });
});

describe('a file that is not required, and cannot be had,', () => {
  const optional = ['documents/back'];
  const lost = new EvidenceError('gone', 'GET documents/back: answered 404');

  test('costs neither the others nor the event: the manifest says that it is missing, and why', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () =>
      evidenceOf({ 'report.json': 'abcdef', 'documents/back': lost, 'documents/front': 'abc' }, { optional });

    // Act
    const left = await job.receive();

    // Assess
    const missing = [{ name: 'documents/back', reason: 'gone' }];
    expect(left).toEqual([]);
    expect(job.retries).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(
      JSON.parse(job.archive.objects.get(`${job.folder}/manifest.json`)?.bytes.toString() ?? ''),
    ).toMatchObject({
      artifacts: [
        { name: 'report.json', size: 6 },
        { name: 'documents/front', size: 3 },
      ],
      missing,
    });
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.evidence.archived.v1',
      evidence: {
        manifest: `${job.folder}/manifest.json`,
        artifacts: [{ name: 'report.json' }, { name: 'documents/front' }],
        missing,
        reason: null,
      },
    });
  });

  test('holds the job open as long as it may come, and completes it when it does', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () =>
      evidenceOf({ 'report.json': 'abcdef', 'documents/back': transient }, { optional });
    const before = await job.receive({ receives: 3 });
    const early = await job.state();
    job.fetch = async () => evidenceOf({ 'report.json': 'abcdef', 'documents/back': 'abc' }, { optional });

    // Act
    const after = await job.receive({ receives: 4 });

    // Assess
    expect([before, after]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 4]]);
    expect(early).toMatchObject({ sequence: 1 });
    expect((await job.state()).evidence).toMatchObject({
      artifacts: [{ name: 'report.json' }, { name: 'documents/back' }],
      missing: [],
    });
  });

  test('is missing once the provider’s deadline has passed', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.fetch = async () =>
      evidenceOf({ 'report.json': 'abcdef', 'documents/back': transient }, { optional });

    // Act
    const left = await job.receive({ receives: 600 });

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({
      type: 'idv.evidence.archived.v1',
      evidence: { missing: [{ name: 'documents/back', reason: 'transient' }] },
    });
  });
});

describe('a job that is given up', () => {
  test('leaves the queue for the dead letters, and consumers are told what there is', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => evidenceOf({ 'ident.json': 'abcdef', 'ident.zip': invalid });

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'invalid' }]);
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.evidence.failed.v1',
      evidence: {
        requestedBy: 1,
        bucket: 'evidence-bucket',
        manifest: null,
        artifacts: [{ name: 'ident.json' }],
        missing: [{ name: 'ident.zip', reason: 'invalid' }],
        reason: 'invalid',
      },
    });
  });

  test.each([
    ['not_found', { EvidenceFailed: 1, EvidenceNotFound: 1 }],
    ['invalid', { EvidenceFailed: 1 }],
  ] as const)(
    'is counted; a case that the provider does not know also by itself: %s',
    async (kind, counts) => {
      const job = await underTest();
      job.fetch = () => Promise.reject(new EvidenceError(kind, 'GET session'));
      await job.receive();
      expect(job.telemetry.counts).toEqual(counts);
      expect(await job.state()).toMatchObject({ evidence: { reason: kind, artifacts: [] } });
    },
  );

  test.each([
    ['names another provider', '"provider":"idnow"', '"provider":"datakeen"'],
    ['is about a verification of another provider', '"verificationId":"idnow:', '"verificationId":"id360:'],
  ])(
    'a job that %s goes to the dead letters as it is, and nothing is fetched',
    async (_title, own, foreign) => {
      // Prepare
      const job = await underTest();
      let fetches = 0;
      job.fetch = async () => {
        fetches += 1;
        return evidenceOf({ 'ident.json': 'abcdef' });
      };
      const message = job.body.replace(own, foreign);
      expect(message).not.toBe(job.body);

      // Act
      const left = await job.receive({ message });

      // Assess
      expect(left).toEqual([]);
      expect(job.deadLetters).toEqual([{ body: message, reason: 'invalid' }]);
      expect(fetches).toBe(0);
      expect(job.telemetry.counts).toEqual({ ForeignJobs: 1 });
    },
  );

  test('when the provider’s deadline has passed, whatever the failure', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.fetch = () => Promise.reject(transient);

    // Act
    const left = await job.receive({ receives: 600 });

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'transient' }]);
    expect(await job.state()).toMatchObject({
      type: 'idv.evidence.failed.v1',
      evidence: { reason: 'transient' },
    });
  });

  test('not a second before', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000 - 1000);
    job.fetch = () => Promise.reject(transient);

    // Act and assess
    expect(await job.receive({ receives: 600 })).toEqual(['the-message']);
  });

  test('twice: is told once', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = () => Promise.reject(invalid);
    await job.receive();

    // Act
    await job.receive();

    // Assess
    expect(await job.state()).toMatchObject({ sequence: 2 });
    expect(job.deadLetters).toHaveLength(2);
  });

  test('stays on the queue where the dead letters cannot be reached', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = () => Promise.reject(invalid);
    job.queueFails = true;

    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
  });

  test('of a verification that is erased meanwhile: fetched once more in vain, then kept without an event', async () => {
    // Prepare
    const job = await underTest();
    job.fetch = async () => {
      await job.erase();
      return evidenceOf({ 'ident.json': 'abcdef' });
    };

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'unknown_verification' }]);
  });
});
