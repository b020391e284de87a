import { expect, test } from 'vitest';
import * as z from 'zod';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import {
  type DatakeenWebhookOptions,
  makeDatakeenWebhook,
} from '../../../local/simulators/datakeen/make-webhook.ts';

const sessionId = '662f5f9c9c18e30012c2f021';

test.each<{ options: DatakeenWebhookOptions; body: string }>([
  { options: { sessionId }, body: `{"sessionId":"${sessionId}"}` },
  {
    options: { sessionId, newStatus: 'verify' },
    body: `{"sessionId":"${sessionId}","newStatus":"verify"}`,
  },
])('the webhook at the end of a Datakeen session has the body $body', ({ options, body }) => {
  expect(JSON.stringify(makeDatakeenWebhook(options))).toBe(body);
});

const decision = { sessionId, by: 'analyst', newStatus: 'user_rejected' } as const;

test("the webhook of a Datakeen analyst's decision has three other ids before the session id", () => {
  const body = makeDatakeenWebhook({ ...decision, correlationId: 'order-1' });

  expect(Object.keys(body)).toEqual(['analysisId', 'entityId', 'correlationId', 'sessionId', 'newStatus']);
  expect(body).toEqual({
    analysisId: expect.stringMatching(/^[0-9a-f]{24}$/),
    entityId: expect.stringMatching(/^[0-9a-f]{24}$/),
    correlationId: 'order-1',
    sessionId,
    newStatus: 'user_rejected',
  });
});

test("the analysis id in a Datakeen analyst's webhook equals the analysis id in the session's result", () => {
  const result = z
    .object({ data: z.object({ analysid_id: z.string() }) })
    .parse(makeDatakeenSession({ sessionId }).result);

  expect(makeDatakeenWebhook(decision)).toMatchObject({ analysisId: result.data.analysid_id });
});

test("the ids in a Datakeen analyst's webhook are different for each session, and the same in each test run", () => {
  const idsOf = (id: string) => {
    const { analysisId, entityId } = z
      .object({ analysisId: z.string(), entityId: z.string() })
      .parse(makeDatakeenWebhook({ ...decision, sessionId: id }));
    return [analysisId, entityId];
  };

  expect(new Set([...idsOf('1'), ...idsOf('2')]).size).toBe(4);
  expect(idsOf('1')).toEqual(idsOf('1'));
});
