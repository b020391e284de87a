import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../shared/contract/artifact.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import { at, lookup, transition } from '../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  failingResult,
  invalid,
  jobsUnderTest,
  requestedAt,
  resultName,
  resultWith,
  transient,
} from './job-under-test.ts';

const underTest = jobsUnderTest();

describe('a job that succeeds', () => {
  test('a job that succeeds leaves the queue, and its archive is published', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual([]);
    expect([...job.store.objects.keys()]).toEqual([
      `${job.folder}/${resultName}`,
      `${job.folder}/ident.json`,
      `${job.folder}/manifest.json`,
    ]);
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.evidence.archived.v1',
      evidence: {
        requestedBy: 1,
        manifest: `${job.folder}/manifest.json`,
        artifacts: [{ name: resultName }, { name: 'ident.json', size: 6 }],
      },
    });
    expect(job.retries).toEqual([]);
    expect(job.deadLetters).toEqual([]);
  });

  test('a job that is delivered again after its end calls neither the provider nor the bucket', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    await job.receive();
    job.result = failingResult(invalid);
    job.store.failReads = true;

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 2 });
  });

  test('a try after a crash between the manifest and its event publishes the existing manifest', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    await job.receive();
    const before = job.store.objects.get(`${job.folder}/manifest.json`);
    await job.erase();
    const again = await underTest();
    for (const [key, object] of job.store.objects) {
      again.store.objects.set(key.replace(job.folder, again.folder), object);
    }
    again.result = resultWith(null, evidenceOf({ 'ident.json': 'something else now' }));

    // Act
    await again.receive();

    // Assess
    const manifest = JSON.parse(before?.bytes.toString() ?? '');
    expect((await again.state()).evidence?.artifacts).toEqual(manifest.artifacts);
    expect(again.store.objects.get(`${again.folder}/ident.json`)?.bytes.toString()).toBe('abcdef');
    expect(again.store.writes).toEqual([]);
  });

  test('a job records its decision before it archives the artifacts, even if the artifacts fail', async () => {
    // Prepare
    const job = await underTest();
    const decision = transition('USER_REJECTED', { verificationId: job.verificationId, occurredAt: at(20) });
    job.result = resultWith(decision, evidenceOf({ video: transient }));

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

  test('a fetched result that neither decides nor revises the case does not raise the metric ResultsAccepted', async () => {
    // Prepare
    const job = await underTest();
    const { verificationId } = job;
    const decision = transition('EXPIRED', { verificationId, rank: 35, origin: lookup(1, 'revise') });
    job.result = resultWith(decision);
    // Act
    await job.receive();
    // Assess
    expect(job.telemetry.counts).toEqual({ EvidenceArchived: 1 });
    expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.archived.v1' });
  });

  test('a job logs and counts a result that is accepted, and counts the unknown reasons of this result', async () => {
    // Prepare
    const job = await underTest();
    const reasons = [
      { code: 'other', category: 'other', providerCode: 'NEW_OF_2027' },
      { code: 'document_expired', category: 'document_expired', providerCode: 'dateValidity' },
    ] as const;
    const decision = transition('USER_REJECTED', {
      verificationId: job.verificationId,
      reasons: [...reasons],
    });
    job.result = resultWith(decision);
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
    'a job logs a fetched result that is %s, and publishes no event for it',
    async (kind, reason, minute) => {
      // Prepare: give the case the status SUCCESS at minute 10.
      const job = await underTest();
      const late = transition('SUCCESS', {
        verificationId: job.verificationId,
        occurredAt: at(minute),
        fingerprint: 'another body',
      });
      job.result = resultWith(late);

      // Act
      await job.receive();

      // Assess
      expect(job.telemetry.lines).toContainEqual([
        'info',
        `fetched result ${kind}`,
        { verificationId: job.verificationId, sequence: 1, reason },
      ]);
      expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.archived.v1' });
    },
  );

  test('a job counts unknown reasons, even if its evidence decides nothing', async () => {
    // Prepare
    const job = await underTest();
    const reasons = [{ code: 'other', category: 'other', providerCode: 'NEW_OF_2027' }] as const;
    job.result = resultWith(null, { ...evidenceOf({ 'report.json': 'abc' }), reasons });
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
  ])('after %i receives, SQS hides the message of a failing job for %i s', async (receives, seconds) => {
    // Prepare
    const job = await underTest();
    job.result = failingResult(transient);

    // Act
    const left = await job.receive({ receives });

    // Assess
    expect(left).toEqual(['the-message']);
    expect(job.retries).toEqual([['the-receipt', seconds]]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 1 });
  });

  test('the next try fetches only the artifacts that are not archived yet', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ a: 'one', b: transient, c: 'three' }));
    await job.receive();
    const before = [...job.store.objects.keys()];
    job.result = resultWith(null, evidenceOf({ a: invalid, b: 'two', c: invalid }));

    // Act
    const left = await job.receive({ receives: 2 });

    // Assess
    expect(before).toEqual([resultName, 'a.txt', 'c.txt'].map((name) => `${job.folder}/${name}`));
    expect(left).toEqual([]);
    expect((await job.state()).evidence?.artifacts.map(({ name }) => name)).toEqual([
      resultName,
      'a.txt',
      'b.txt',
      'c.txt',
    ]);
  });

  test('a job with a lost file is not given up while another file may still be fetched', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ a: invalid, b: transient }));

    // Act
    const left = await job.receive();

    // Assess
    expect(left).toEqual(['the-message']);
    expect(job.deadLetters).toEqual([]);
  });

  test.each(['never answers', 'trickles'])(
    'a file that never ends does not keep the other files from the archive: it %s',
    async (how) => {
      // Prepare
      const job = await underTest();
      const hanging = (artifact: Artifact) => ({
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
          return how === 'trickles'
            ? { body: body(), length: null, ending: 'last-chunk' as const }
            : aborted();
        },
      });
      const evidence = evidenceOf({ a: 'one', slow: 'x', 'also slow': 'x', d: transient, e: 'five' });
      const [a, slow, alsoSlow, ...others] = evidence.artifacts;
      if (a === undefined || slow === undefined || alsoSlow === undefined) throw new Error('no artifacts');
      const artifacts = [a, hanging(slow), hanging(alsoSlow), ...others];
      job.result = resultWith(null, { ...evidence, artifacts });

      // Act: the try has 1.2 s. The slow files first get equal shares of this time, and then the time that remains.
      const left = await job.receive({ remainingMs: 11_200 });

      // Assess
      expect(left).toEqual(['the-message']);
      expect([...job.store.objects.keys()]).toEqual(
        [resultName, 'a.txt', 'e.txt'].map((name) => `${job.folder}/${name}`),
      );
      const failed = job.telemetry.lines.filter(([, message]) => message === 'artifact not fetched');
      expect(failed.map(([, , { name }]) => name).sort()).toEqual(['also slow', 'd', 'slow']);
    },
  );

  test('a file that needs more than its share of a try’s time gets a second turn with the remaining time', async () => {
    // Prepare
    const job = await underTest();
    let opens = 0;
    const evidence = evidenceOf({ large: 'large', small: 'small' });
    const [large, ...others] = evidence.artifacts;
    if (large === undefined) throw new Error('no artifacts');
    const open = async (signal: AbortSignal) => {
      opens += 1;
      if (opens === 1) await once(signal, 'abort');
      signal.throwIfAborted();
      return large.open(signal);
    };
    job.result = resultWith(null, { ...evidence, artifacts: [{ ...large, open }, ...others] });

    // Act: give the try 4 s.
    const left = await job.receive({ remainingMs: 14_000 });

    // Assess
    expect([opens, left]).toEqual([2, []]);
    expect([...job.store.objects.keys()].sort()).toEqual(
      ['large.txt', 'manifest.json', resultName, 'small.txt'].map((name) => `${job.folder}/${name}`),
    );
  });

  test('a try ends ten seconds before the time-out of the function', async () => {
    // Prepare
    const job = await underTest();
    const evidence = evidenceOf({ 'ident.zip': 'abc' });
    const artifacts = evidence.artifacts.map((artifact) => ({
      ...artifact,
      async open(signal: AbortSignal) {
        async function* body() {
          yield Buffer.from('abc');
          await once(signal, 'abort');
          throw signal.reason;
        }
        return { body: body(), length: null, ending: 'last-chunk' as const };
      },
    }));
    job.result = resultWith(null, { ...evidence, artifacts });

    // Act
    const begun = performance.now();
    const left = await job.receive({ remainingMs: 11_200 });
    const seconds = (performance.now() - begun) / 1000;

    // Assess
    expect(seconds).toBeGreaterThan(1.1);
    expect(seconds).toBeLessThan(8);
    expect(left).toEqual(['the-message']);
    expect(job.retries).toEqual([['the-receipt', 1]]);
    expect([...job.store.objects.keys()]).toEqual([`${job.folder}/${resultName}`]);
  });

  test('the message of a job stays on the queue if SQS cannot hide it', async () => {
    // Prepare
    const job = await underTest();
    job.result = failingResult(transient);
    job.queueFails = true;

    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
  });
});

describe('a file that is not required, and cannot be fetched', () => {
  const optional = ['documents/back.txt'];
  const lost = new EvidenceError('gone', 'GET documents/back: answered 404');

  test('a lost file that is not required is listed as missing, and the other files are archived', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(
      null,
      evidenceOf(
        { 'report.json': 'abcdef', 'documents/back.txt': lost, 'documents/front.txt': 'abc' },
        { optional },
      ),
    );

    // Act
    const left = await job.receive();

    // Assess
    const missing = [{ name: 'documents/back.txt', reason: 'gone' }];
    expect(left).toEqual([]);
    expect(job.retries).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(
      JSON.parse(job.store.objects.get(`${job.folder}/manifest.json`)?.bytes.toString() ?? ''),
    ).toMatchObject({
      artifacts: [
        { name: resultName },
        { name: 'report.json', size: 6 },
        { name: 'documents/front.txt', size: 3 },
      ],
      missing,
    });
    expect(await job.state()).toMatchObject({
      sequence: 2,
      type: 'idv.evidence.archived.v1',
      evidence: {
        manifest: `${job.folder}/manifest.json`,
        artifacts: [{ name: resultName }, { name: 'report.json' }, { name: 'documents/front.txt' }],
        missing,
        reason: null,
      },
    });
  });

  test('a job waits for a file that is not required while the file may still arrive', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(
      null,
      evidenceOf({ 'report.json': 'abcdef', 'documents/back.txt': transient }, { optional }),
    );
    const before = await job.receive({ receives: 3 });
    const early = await job.state();
    job.result = resultWith(
      null,
      evidenceOf({ 'report.json': 'abcdef', 'documents/back.txt': 'abc' }, { optional }),
    );

    // Act
    const after = await job.receive({ receives: 4 });

    // Assess
    expect([before, after]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 4]]);
    expect(early).toMatchObject({ sequence: 1 });
    expect((await job.state()).evidence).toMatchObject({
      artifacts: [{ name: resultName }, { name: 'report.json' }, { name: 'documents/back.txt' }],
      missing: [],
    });
  });

  test('a file that is not required is missing once the provider’s deadline has passed', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.result = resultWith(
      null,
      evidenceOf({ 'report.json': 'abcdef', 'documents/back.txt': transient }, { optional }),
    );

    // Act
    const left = await job.receive({ receives: 600 });

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({
      type: 'idv.evidence.archived.v1',
      evidence: { missing: [{ name: 'documents/back.txt', reason: 'transient' }] },
    });
  });
});

describe('a job that is given up', () => {
  test('a job that is given up becomes a dead letter, and its event lists the archived artifacts', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef', 'ident.zip': invalid }));

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
        artifacts: [{ name: resultName }, { name: 'ident.json' }],
        missing: [{ name: 'ident.zip', reason: 'invalid' }],
        reason: 'invalid',
      },
    });
  });

  test.each([
    ['not_found', { EvidenceFailed: 1, EvidenceNotFound: 1 }],
    ['invalid', { EvidenceFailed: 1 }],
  ] as const)(
    'a job that is given up (%s) is counted, and if the provider does not know the case, it is counted separately too',
    async (kind, counts) => {
      const job = await underTest();
      job.result = failingResult(new EvidenceError(kind, 'GET session'));
      await job.receive();
      expect(job.telemetry.counts).toEqual(counts);
      expect(await job.state()).toMatchObject({ evidence: { reason: kind, artifacts: [] } });
    },
  );

  test.each([
    ['names another provider', '"provider":"idnow"', '"provider":"datakeen"'],
    ['is about a verification of another provider', '"verificationId":"idnow:', '"verificationId":"id360:'],
  ])(
    'a job for another provider becomes a dead letter, and nothing is fetched: it %s',
    async (_title, own, foreign) => {
      // Prepare
      const job = await underTest();
      let fetches = 0;
      job.result = {
        async fetchResult() {
          fetches += 1;
          return 'a result';
        },
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

  test('the age of the evidence is measured at each try, and also when the job ends', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + 90_000);
    job.result = failingResult(transient);
    // Act
    await job.receive();
    const whileWaiting = { ...job.telemetry.seconds };
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    await job.receive({ receives: 600 });
    // Assess
    expect(whileWaiting).toEqual({ EvidenceAgeSeconds: 90 });
    expect(job.telemetry.seconds).toEqual({ EvidenceAgeSeconds: deadlineSeconds });
  });

  test('a failing job is given up once the provider’s deadline has passed', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.result = failingResult(transient);

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

  test('a failing job is still retried one second before the provider’s deadline', async () => {
    // Prepare
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000 - 1000);
    job.result = failingResult(transient);

    // Act and assess
    expect(await job.receive({ receives: 600 })).toEqual(['the-message']);
  });

  test('a job that is given up twice publishes one event', async () => {
    // Prepare
    const job = await underTest();
    job.result = failingResult(invalid);
    await job.receive();

    // Act
    await job.receive();

    // Assess
    expect(await job.state()).toMatchObject({ sequence: 2 });
    expect(job.deadLetters).toHaveLength(2);
  });

  test('a job that cannot become a dead letter stays on the queue', async () => {
    // Prepare
    const job = await underTest();
    job.result = failingResult(invalid);
    job.queueFails = true;

    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
  });

  test('a job whose verification is erased becomes a dead letter without an event', async () => {
    // Prepare
    const job = await underTest();
    job.result = {
      async fetchResult() {
        await job.erase();
        return 'a result';
      },
    };

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'unknown_verification' }]);
  });
});
