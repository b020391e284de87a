import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { type DatakeenUnderTest, startDatakeenUnderTest } from '../support/datakeen-under-test.ts';

let sut: DatakeenUnderTest;
beforeAll(async () => {
  sut = await startDatakeenUnderTest({ mostInstances: 2 });
});
afterAll(() => sut?.stop());

const largeFlood = 500;
/** The number of webhooks in a small flood. */
const smallFlood = 70;
/** One flood may cause at most this number of calls to Datakeen, and at most this number of events. */
const floodLimit = 5;

let lastSession = 0xf00000;
function newSession() {
  lastSession += 1;
  return `662f5f9c9c18e30012${lastSession.toString(16)}`;
}
const requestCount = (sessionId: string) =>
  sut.api.requests.filter((line) => line.includes(`/session/${sessionId}`)).length;

/** Returns webhook bodies that have the same session and status, and differ in everything else. */
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

/** Posts all bodies, at most `atOnce` at the same time. @returns the number of answers per status code */
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

describe('a flood of different bodies for one session at one signed URL', () => {
  test.each<[string, number, object, number]>([
    ['70 bodies without a status, one after the other,', smallFlood, {}, 1],
    ['70 bodies without a status, 20 at once,', smallFlood, {}, 20],
    ['70 bodies with a status, one after the other,', smallFlood, { newStatus: 'ai_approved' }, 1],
    ['500 bodies with a status, 20 at once,', largeFlood, { newStatus: 'ai_approved' }, 20],
  ])(
    'a flood of %s causes few provider calls and events, and the analyst’s decision is still accepted',
    async (_what, count, status, atOnce) => {
      // Prepare
      const sessionId = newSession();
      const id = `datakeen:${sessionId}`;
      sut.datakeen.put(makeDatakeenSession({ sessionId }));
      // Act
      const statuses = await send(bodiesOf({ sessionId, ...status }, count), atOnce);
      // Assess
      expect(statuses).toEqual({ 200: count });
      const flood = await sut.events.receive(id, 3);
      const before = requestCount(sessionId);
      expect(before).toBeLessThanOrEqual(floodLimit);
      expect(flood.length).toBeLessThanOrEqual(floodLimit);
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

  test('a flood of 70 bodies for a session that Datakeen does not know causes few requests and events', async () => {
    // Prepare: count four requests per job: a job requests its Datakeen session four times before it is given up.
    const sessionId = newSession();
    const requestsPerJob = 4;
    // Act
    const statuses = await send(bodiesOf({ sessionId }, smallFlood), 1);
    // Assess
    expect(statuses).toEqual({ 200: smallFlood });
    const events = await sut.events.receive(`datakeen:${sessionId}`, 2);
    expect(requestCount(sessionId)).toBeLessThanOrEqual(floodLimit * requestsPerJob);
    expect(events.length).toBeLessThanOrEqual(floodLimit);
  }, 120_000);
});

test('an analyst’s second approval is a duplicate if it arrives at a URL that users know', async () => {
  // Prepare
  const sessionId = newSession();
  const id = `datakeen:${sessionId}`;
  sut.datakeen.put(makeDatakeenSession({ sessionId }));
  // Act
  await sut.post({ sessionId, newStatus: 'user_approved', analysisId: 'first' });
  await sut.events.receive(id, 3);
  await sut.post({ sessionId, newStatus: 'user_rejected', analysisId: 'second' });
  await sut.events.receive(id, 6);
  const third = await sut.post({ sessionId, newStatus: 'user_approved', analysisId: 'third' });
  // Assess: users know this URL and could invent analysis ids, so a new analysis id does not cause an event.
  expect(third.body).toEqual({ status: 'duplicate' });
  expect((await sut.events.receive(id, 6)).at(-1)?.data.outcome).toBe('declined');
});
