import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import * as currentReaders from '../../shared/operations/readers.ts';
import { eventually } from '../support/eventually.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';
import { receiveWithOlderReader } from './older-receiver.ts';
import { type OlderVersion, olderVersion } from './older-version.ts';
import { auditOf } from './stack-under-test.ts';

let sut: SystemUnderTest;

/** Runs git in a directory, whatever repository the environment of the tests names. */
function gitIn(cwd: string, ...args: string[]): void {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...env } = process.env;
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...identity, ...args], { cwd, env, stdio: 'pipe' });
}

/** Commits a directory as the only revision of a new repository. */
function commitAsRevision({ directory }: OlderVersion): void {
  gitIn(directory, 'init', '--quiet');
  gitIn(directory, 'add', '.');
  gitIn(directory, 'commit', '--quiet', '-m', 'older');
  gitIn(directory, 'tag', 'v1');
}

/** The versions by their changes. Several tests compare with the same version. */
const made = new Map<string, OlderVersion>();

/** Makes a revision `v1` with an older state of one file of `shared/`, and lets `idv` use its repository. */
async function reviseTo(file: string, text: string, older: string): Promise<OlderVersion> {
  const change = JSON.stringify([file, text, older]);
  let version = made.get(change);
  if (version === undefined) {
    version = await olderVersion(file, text, older);
    made.set(change, version);
    commitAsRevision(version);
  }
  vi.stubEnv('GIT_DIR', join(version.directory, '.git'));
  return version;
}

beforeAll(async () => {
  sut = await startSystemUnderTest();
  await play('first');
  await play('second');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await sut?.stop();
  for (const version of made.values()) await version.remove();
});

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

/** Plays a case with two deliveries and one archived result. */
async function play(transactionNumber: string): Promise<void> {
  const time = new Date('2026-11-22T10:15:00Z');
  for (const state of ['START', 'SUCCESS'] as const) {
    const ident = makeIdent({ companyId, transactionNumber, state, time });
    sut.simulator.put(ident);
    await sut.post(ident);
  }
  await sut.events.receive(idOf(transactionNumber), 3);
  await eventually(async () => expect(await historyRows(sut, idOf(transactionNumber))).toHaveLength(3));
}

const diff = (...args: string[]) => idv(sut, 'diff-normalizer', '--against', 'v1', ...args);
const rowsBefore = () => historyRows(sut, idOf('first'));

test('the effect of a new reader is shown before release: by outcome and by case, and nothing is written', async () => {
  // Prepare
  await reviseTo('shared/providers/idnow/statuses.ts', '  SUCCESS: {', '  NOT_YET_KNOWN: {');
  const before = await rowsBefore();

  // Act
  const { code, out } = await diff('--json');

  // Assess
  const found = JSON.parse(out);
  expect(code).toBe(0);
  expect(found).toMatchObject({ compared: 6, different: 4, gone: 0, differentCases: 2 });
  expect(found.outcomes).toEqual([
    { before: 'quarantined (unknown-status)', after: 'completed · approved · final', count: 2 },
    { before: 'decides nothing', after: 'completed · approved · final', count: 2 },
  ]);
  expect(found.fields).toMatchObject({ understood: 2, 'result.transition.outcome': 2 });
  expect(found.cases.map(({ subject }: { subject: string }) => subject).sort()).toEqual([
    idOf('first'),
    idOf('second'),
  ]);
  expect(await rowsBefore()).toEqual(before);
});

test('values are masked unless --reveal says why, and --max limits the list of cases', async () => {
  // Prepare
  await reviseTo('shared/providers/idnow/person.ts', 'family_name:', 'given_surname:');

  // Act
  const masked = await diff('--max', '1');
  const revealed = await diff('--reveal', 'ticket 3');

  // Assess
  expect(masked.out).toMatch(/findings\.claims\.family_name +2\n/);
  expect(masked.out).toMatch(/completed · approved · final +\(the same\) +\d+/);
  expect(masked.out).toContain('family_name: (absent) → "•••"');
  expect(masked.out).not.toContain('MUSTERMANN');
  expect(masked.out).toContain('… and 1 more cases: --max lists them');
  expect(revealed.out).toMatch(/family_name: \(absent\) → "MUSTERMANN?"/);
  expect((await auditOf(sut, 'reveal'))[0]).toMatchObject({ reason: 'ticket 3' });
});

test('--exit-code exits with 1 if there are differences, and with 0 if there are none', async () => {
  await reviseTo('shared/providers/idnow/statuses.ts', '  SUCCESS: {', '  NOT_YET_KNOWN: {');
  expect((await diff('--exit-code')).code).toBe(1);

  await reviseTo('shared/providers/idnow/statuses.ts', '  SUCCESS: {', '  SUCCESS: {');
  const same = await diff('--exit-code');
  expect(same).toMatchObject({
    code: 0,
    out: expect.stringContaining('6 deliveries and results compared, 0 differ from v1.'),
  });
});

test('--since and --provider limit what is compared', async () => {
  await reviseTo('shared/providers/idnow/statuses.ts', '  SUCCESS: {', '  NOT_YET_KNOWN: {');

  const time = new Date('2026-11-22T10:15:00Z');
  const unknown = makeIdent({ companyId, transactionNumber: 'older', state: 'START', time, result: 'ODD' });
  await receiveWithOlderReader(sut, currentReaders, unknown, '2026-11-01T10:15:00Z');

  expect((await diff()).out).toContain('7 deliveries and results compared');
  expect((await diff('--since', '1h')).out).toContain('6 deliveries and results compared');
  expect((await diff('--provider', 'id360')).out).toContain('0 deliveries and results compared');
  expect((await diff('--since', 'yesterday')).code).toBe(2);
});

test('a revision that does not exist, or cannot be built, is refused with a clear error', async () => {
  const { directory: cwd } = await reviseTo(
    'shared/operations/readers.ts',
    'export function createDeliveryReader',
    'function hidden',
  );
  gitIn(cwd, 'rm', '-rq', '--cached', 'shared/operations');
  gitIn(cwd, 'commit', '-qm', 'no readers');

  const without = await idv(sut, 'diff-normalizer', '--against', 'HEAD');
  const unknown = await idv(sut, 'diff-normalizer', '--against', 'v99');

  expect(without).toMatchObject({
    code: 2,
    err: expect.stringContaining('HEAD has no shared/operations/readers.ts'),
  });
  expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('git has no revision v99') });
});
