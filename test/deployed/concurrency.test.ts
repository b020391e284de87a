import { expect, test } from 'vitest';
import { deployed } from './deployed-system.ts';
import { companyId, ident } from './idents.ts';
import { postWebhook } from './post-webhook.ts';

const states = ['START', 'CHECK_PENDING', 'REVIEW_PENDING', 'FRAUD_SUSPICION_PENDING', 'CANCELED'] as const;

test('20 deliveries of a case at the same time get contiguous sequences, and end in the final state', async () => {
  // Prepare
  const final = ident('TXN-at-once', 'SUCCESS_DATA_CHANGED', 30);
  await deployed.putState('idnow', final);
  const bodies = Array.from({ length: 20 }, (_, index) => {
    if (index === 11) return final;
    const body = ident('TXN-at-once', states[index % states.length] ?? 'START', (index * 7) % 60);
    return { ...body, customdata: { custom1: `delivery ${index}` } };
  });

  // Act
  const answers = await Promise.all(bodies.map((body) => postWebhook(deployed, body)));

  // Assess
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const sequences = answers.flatMap(({ body }) => Object(body).sequence ?? []).toSorted((a, b) => a - b);
  const counted = sequences.map((_, index) => index + 1);
  expect(sequences).toEqual(counted);
  const events = await deployed.events.receiveUntil(`idnow:${companyId}:txn-at-once`, (all) =>
    all.some(({ type }) => type === 'idv.evidence.archived.v1'),
  );
  expect(events.map(({ data }) => data.sequence)).toEqual([...counted, counted.length + 1]);
  expect(events.at(-1)).toMatchObject({
    type: 'idv.evidence.archived.v1',
    data: { outcome: 'approved', finality: 'final', providerStatus: 'SUCCESS_DATA_CHANGED' },
  });
  const decided = events.findIndex(({ data }) => data.finality === 'final');
  expect(events.slice(decided).every(({ data }) => data.finality === 'final')).toBe(true);
});

test('one of 20 equal deliveries at the same time is accepted', async () => {
  const body = ident('TXN-twenty', 'CHECK_PENDING', 5);

  const answers = await Promise.all(Array.from({ length: 20 }, () => postWebhook(deployed, body)));

  expect(answers.map((each) => JSON.stringify(each.body)).sort()).toEqual([
    '{"status":"accepted","sequence":1}',
    ...Array(19).fill('{"status":"duplicate"}'),
  ]);
});
