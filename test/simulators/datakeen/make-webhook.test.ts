import { expect, test } from 'vitest';
import * as z from 'zod';
import { makeSession } from '../../../local/simulators/datakeen/make-session.ts';
import { makeWebhook, type WebhookOptions } from '../../../local/simulators/datakeen/make-webhook.ts';

const sessionId = '662f5f9c9c18e30012c2f021';

test.each<{ options: WebhookOptions; body: string }>([
  { options: { sessionId }, body: `{"sessionId":"${sessionId}"}` },
  {
    options: { sessionId, newStatus: 'verify' },
    body: `{"sessionId":"${sessionId}","newStatus":"verify"}`,
  },
])('the end of a session is $body', ({ options, body }) => {
  expect(JSON.stringify(makeWebhook(options))).toBe(body);
});

const decision = { sessionId, by: 'analyst', newStatus: 'user_rejected' } as const;

test("an analyst's decision has ids of its own before the session's", () => {
  const body = makeWebhook({ ...decision, correlationId: 'order-1' });

  expect(Object.keys(body)).toEqual(['analysisId', 'entityId', 'correlationId', 'sessionId', 'newStatus']);
  expect(body).toEqual({
    analysisId: expect.stringMatching(/^[0-9a-f]{24}$/),
    entityId: expect.stringMatching(/^[0-9a-f]{24}$/),
    correlationId: 'order-1',
    sessionId,
    newStatus: 'user_rejected',
  });
});

test('a decision names the analysis that the result names', () => {
  const result = z
    .object({ data: z.object({ analysid_id: z.string() }) })
    .parse(makeSession({ sessionId }).result);

  expect(makeWebhook(decision)).toMatchObject({ analysisId: result.data.analysid_id });
});

test('ids differ from one another and from one session to the next, and stay', () => {
  const idsOf = (id: string) => {
    const { analysisId, entityId } = z
      .object({ analysisId: z.string(), entityId: z.string() })
      .parse(makeWebhook({ ...decision, sessionId: id }));
    return [analysisId, entityId];
  };

  expect(new Set([...idsOf('1'), ...idsOf('2')]).size).toBe(4);
  expect(idsOf('1')).toEqual(idsOf('1'));
});
