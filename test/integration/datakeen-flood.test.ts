import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../local/simulators/datakeen/make-session.ts';
import {
  type DatakeenUnderTest,
  signedPath,
  startDatakeenUnderTest,
} from '../support/datakeen-under-test.ts';

let sut: DatakeenUnderTest;
beforeAll(async () => {
  sut = await startDatakeenUnderTest({ mostInstances: 2 });
});
afterAll(() => sut?.stop());

const many = 500;
/** Enough for the variants of a flood that the rows of 500 do not cover. */
const some = 70;
/** Calls of the provider, and events: of the hint, its decision, its archive, and comparisons. */
const aHandful = 5;

let last = 0xf00000;
function newSession() {
  last += 1;
  return `662f5f9c9c18e30012${last.toString(16)}`;
}
const asked = (sessionId: string) =>
  sut.api.requests.filter((line) => line.includes(`/session/${sessionId}`)).length;

/** Bodies that say the same of a session: they differ in whatever else a body can differ in. */
function bodiesOf(session: object, count: number): string[] {
  const variants: ((index: number) => string)[] = [
    (index) => JSON.stringify({ ...session, nonce: index }),
    (index) => JSON.stringify({ [`key-${index}`]: true, ...session }),
    (index) => JSON.stringify(session).replace('{', `{${' '.repeat(index)}`),
    (index) => JSON.stringify({ ...session, analysisId: `analysis-${index}`, correlationId: index }),
    (index) => JSON.stringify({ ...session, analysisId: [index], entityId: { id: index } }),
    (index) => JSON.stringify({ ...session, junk: { nested: [{ deeper: [index, null] }] } }),
    (index) => JSON.stringify(Object.fromEntries(Object.entries({ ...session, index }).toReversed())),
  ];
  return Array.from({ length: count }, (_, index) => variants[index % variants.length]?.(index) ?? '');
}

/** @returns how often each status was answered */
async function send(bodies: readonly string[], atOnce: number) {
  const waiting = [...bodies];
  const statuses: Record<number, number> = {};
  const sender = async () => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const { status } = await sut.post(body);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return statuses;
}

describe('different bodies for one session at one signed URL', () => {
  test.each<[string, number, object, number]>([
    ['500 bare ones, one after the other', many, {}, 1],
    ['70 bare ones, 20 at once', some, {}, 20],
    ['70 ones with a status, one after the other', some, { newStatus: 'ai_approved' }, 1],
    ['500 ones with a status, 20 at once', many, { newStatus: 'ai_approved' }, 20],
  ])(
    '(%s) cause a handful of calls and events, and the analyst’s decision still comes through',
    async (_what, count, status, atOnce) => {
      // Prepare
      const sessionId = newSession();
      const id = `datakeen:${sessionId}`;
      sut.datakeen.put(makeSession({ sessionId }));
      // Act
      const statuses = await send(bodiesOf({ sessionId, ...status }, count), atOnce);
      // Assess
      expect(statuses).toEqual({ 200: count });
      const flood = await sut.events.receive(id, 3);
      const before = asked(sessionId);
      expect(before).toBeLessThanOrEqual(aHandful);
      expect(flood.length).toBeLessThanOrEqual(aHandful);
      // Act
      const answer = await sut.post({ sessionId, newStatus: 'user_rejected' });
      // Assess
      expect(answer.body).toEqual({ status: 'accepted', sequence: flood.length + 1 });
      const all = await sut.events.receive(id, flood.length + 3);
      expect(all.map(({ type }) => type)).toContain('idv.verification.revised.v1');
      expect(all.at(-1)?.data).toMatchObject({ outcome: 'declined', providerStatus: 'user_rejected' });
    },
    120_000,
  );

  test('cause a handful of asks and events where Datakeen does not know the session', async () => {
    // Prepare: each ask is repeated three times before the job gives up.
    const sessionId = newSession();
    const asksEach = 4;
    // Act
    const statuses = await send(bodiesOf({ sessionId }, some), 1);
    // Assess
    expect(statuses).toEqual({ 200: some });
    const events = await sut.events.receive(`datakeen:${sessionId}`, 2);
    expect(asked(sessionId)).toBeLessThanOrEqual(aHandful * asksEach);
    expect(events.length).toBeLessThanOrEqual(aHandful);
  }, 120_000);
});

test('an analyst’s second approval is a duplicate at a URL that users know', async () => {
  // Prepare
  const sessionId = newSession();
  const id = `datakeen:${sessionId}`;
  sut.datakeen.put(makeSession({ sessionId }));
  // Act
  await sut.post({ sessionId, newStatus: 'user_approved', analysisId: 'first' });
  await sut.events.receive(id, 3);
  await sut.post({ sessionId, newStatus: 'user_rejected', analysisId: 'second' });
  await sut.events.receive(id, 6);
  const third = await sut.post({ sessionId, newStatus: 'user_approved', analysisId: 'third' });
  // Assess: users know this URL, and could send as many analyses as they like.
  expect(third.body).toEqual({ status: 'duplicate' });
  expect((await sut.events.receive(id, 6)).at(-1)?.data.outcome).toBe('declined');
});

describe('beside a back office', () => {
  let live: DatakeenUnderTest;
  beforeAll(async () => {
    live = await startDatakeenUnderTest({ datakeen: { newStatusFrom: { reference: 'back-office' } } });
  });
  afterAll(() => live?.stop());

  test('an analyst who approves, rejects and approves again is believed each time', async () => {
    // Prepare
    const sessionId = newSession();
    const id = `datakeen:${sessionId}`;
    live.datakeen.put(makeSession({ sessionId }));
    // One analysis serves the whole session: only the caller's id tells the decisions apart.
    const analysisId = 'of-the-session';
    const say = (newStatus: string, correlationId: string) =>
      live.post({ sessionId, newStatus, analysisId, correlationId }, { path: signedPath('back-office') });
    // Act
    await say('user_approved', 'first');
    await live.events.receive(id, 3);
    await say('user_rejected', 'second');
    await live.events.receive(id, 6);
    const repeated = await say('user_approved', 'first');
    const third = await say('user_approved', 'third');
    // Assess
    expect([repeated.body, third.body]).toEqual([
      { status: 'duplicate' },
      { status: 'accepted', sequence: 7 },
    ]);
    const all = await live.events.receive(id, 9);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'approved', finality: 'final' });
  });
});
