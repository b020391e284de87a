import { expect, test } from 'vitest';
import { deliveryOf, eventOfWrite, jobOf, recordOf, relayUnderTest } from './relay-fixture.ts';

const personal = () => ({
  jobs: [jobOf('a', 1)],
  delivery: deliveryOf('delivery 1', Buffer.from('{"name":"MUSTERMANN"}')),
});
const erasure = { event: { ...eventOfWrite, type: 'idv.verification.erased.v1' as const } };

test('a batch that Lambda delivers again publishes and records nothing of a case before its erasure', async () => {
  // Prepare
  const { relay, sent, jobs, rows } = relayUnderTest();

  // Act
  const failed = await relay([
    recordOf('b', 1),
    recordOf('a', 1, personal()),
    recordOf('a', 2, erasure),
    recordOf('b', 2),
  ]);

  // Assess
  expect(failed).toEqual([]);
  expect(sent.toSorted()).toEqual(['a#2', 'b#1', 'b#2']);
  expect(jobs).toEqual([]);
  expect(rows.map(({ event }) => `${event?.subject} ${event?.sequence}`).toSorted()).toEqual([
    'idnow:a 2',
    'idnow:b 1',
    'idnow:b 2',
  ]);
});

test('a case that begins again after its erasure is published', async () => {
  const { relay, sent } = relayUnderTest();
  const generation = '20271122T100000Z';

  await relay([recordOf('a', 2, erasure), recordOf('a', 1, {}, { generation })]);

  expect(sent).toEqual(['a#2', `a#${generation}.1`]);
});
