import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../../shared/contract/identity.ts';
import { readDatakeenWebhook } from '../../../shared/providers/datakeen/read-webhook.ts';
import { caseUrl, sessionId, transitionOf } from './fixtures.ts';

const newStatuses = ['ai_approved', 'ai_rejected', 'verify', 'user_approved', 'user_rejected'] as const;

/** Makes the body that Datakeen's back office sends after an analyst has decided. */
const analyst = (newStatus: string) => ({
  analysisId: '680a29939ae31600116ae34b',
  entityId: '680a29939ae31600116ae358',
  correlationId: 'TEST-123456',
  sessionId,
  newStatus,
});

describe('readWebhook', () => {
  test('a Datakeen webhook without a status is a hint that the session has a result', () => {
    expect(transitionOf({ sessionId })).toEqual({
      provider: 'datakeen',
      verificationId: `datakeen:${sessionId}`,
      source: '/providers/datakeen',
      reference: 'case-4711',
      phase: 'submitted',
      outcome: null,
      finality: 'provisional',
      flags: [],
      reasons: [],
      providerStatus: '',
      rank: 30,
      occurredAt: null,
      fingerprint: expect.stringMatching(/^[\w-]{22}$/),
      origin: { kind: 'hint', onRepeat: 'compare' },
      findings: emptyFindings,
    });
  });

  test.each([
    ['ai_approved', 'submitted', 30],
    ['ai_rejected', 'submitted', 30],
    ['verify', 'in_review', 40],
    ['user_approved', 'submitted', 30],
    ['user_rejected', 'submitted', 30],
  ])(
    'a Datakeen webhook with the status %s moves the case at most to the phase %s',
    (newStatus, phase, rank) => {
      for (const body of [{ sessionId, newStatus }, analyst(newStatus)]) {
        expect(transitionOf(body)).toMatchObject({
          phase,
          rank,
          outcome: null,
          finality: 'provisional',
          origin: { kind: 'hint', onRepeat: 'ignore' },
          providerStatus: newStatus,
        });
      }
    },
  );

  test('the ids in a webhook of the back office are published in provider_data', () => {
    expect(transitionOf(analyst('user_approved')).findings).toEqual({
      ...emptyFindings,
      provider_data: {
        analysisId: '680a29939ae31600116ae34b',
        entityId: '680a29939ae31600116ae358',
        correlationId: 'TEST-123456',
      },
    });
  });

  test('ids in a Datakeen webhook stay unchanged if they are not text, and blank ids are left out', () => {
    const body = { ...analyst('user_approved'), analysisId: ['x'], entityId: 17, correlationId: ' ' };
    expect(transitionOf(body).findings.provider_data).toEqual({ analysisId: ['x'], entityId: 17 });
  });

  test.each(newStatuses)(
    'the Datakeen status %s is recognized in any letter case, and published unchanged',
    (newStatus) => {
      const said = ` ${newStatus.toUpperCase()}`;
      expect(transitionOf({ sessionId, newStatus: said })).toMatchObject({
        providerStatus: said,
        phase: newStatus === 'verify' ? 'in_review' : 'submitted',
      });
    },
  );

  test.each([null, undefined, ''])(
    'a Datakeen webhook whose newStatus is %j has no provider status',
    (newStatus) => {
      expect(transitionOf({ sessionId, newStatus })).toMatchObject({
        phase: 'submitted',
        providerStatus: '',
      });
    },
  );

  test('newStatus of a Datakeen webhook is ignored if the webhook comes from a URL that the stage does not trust', () => {
    for (const newStatus of [...newStatuses, 'deleted', 7]) {
      const { phase, providerStatus } = transitionOf(
        { sessionId, newStatus },
        { ...caseUrl, trustsNewStatus: false },
      );
      expect([phase, providerStatus]).toEqual(['submitted', '']);
    }
  });

  test('another status in a Datakeen webhook makes another hint, but another order of keys does not', () => {
    const print = (body: object) => transitionOf(body).fingerprint;
    const bodies = [{ sessionId }, ...newStatuses.map((newStatus) => ({ sessionId, newStatus }))];
    expect(new Set(bodies.map(print)).size).toBe(6);
    expect(print({ newStatus: 'verify', sessionId })).toBe(print({ sessionId, newStatus: 'verify' }));
  });

  test('at the URL of a case, additional fields in a Datakeen webhook do not make another hint', () => {
    // Prepare
    const statuses = [{}, { newStatus: 'user_approved' }];
    const others = [
      { again: 1 },
      { nested: [{ junk: { deeper: [1, 2] } }] },
      { analysisId: 'another' },
      { analysisId: ['another'] },
      { entityId: 7, correlationId: 'x'.repeat(1000) },
    ];
    for (const status of statuses) {
      // Act
      const prints = others.map((other) => transitionOf({ ...other, sessionId, ...status }).fingerprint);
      // Assess
      expect(new Set(prints)).toEqual(new Set([transitionOf({ sessionId, ...status }).fingerprint]));
    }
  });

  test.each(['USER_APPROVED', ' user_approved\n', 'User_Approved'])(
    'the spelling %j of a Datakeen status does not make another hint',
    (newStatus) => {
      const { fingerprint } = transitionOf({ sessionId, newStatus: 'user_approved' });
      expect(transitionOf({ sessionId, newStatus }).fingerprint).toBe(fingerprint);
    },
  );

  test('another newStatus in a Datakeen webhook makes no other hint if the stage does not trust the URL', () => {
    // Prepare
    const claims = [undefined, ...newStatuses, 'deleted', 7, { deep: [] }];
    // Act
    const prints = claims.map(
      (newStatus) =>
        transitionOf({ sessionId, newStatus }, { ...caseUrl, trustsNewStatus: false }).fingerprint,
    );
    // Assess
    expect(new Set(prints).size).toBe(1);
  });

  test('two back-office webhooks with the same status are different hints if analysisId or correlationId differs', () => {
    // Prepare: the webhooks come from the URL of the back office, which users cannot learn.
    const backOffice = { reference: null, trustsNewStatus: true, isBackOffice: true };
    const print = (body: object) => transitionOf({ sessionId, ...body }, backOffice).fingerprint;
    // Act and assess: for a hint with a status from the back office, the fingerprint covers the whole body.
    const newStatus = 'user_approved';
    expect(print({ newStatus, analysisId: 'a' })).not.toBe(print({ newStatus, analysisId: 'b' }));
    expect(print({ newStatus, correlationId: 'a' })).not.toBe(print({ newStatus, correlationId: 'b' }));
    expect(print({ analysisId: 'a' }), 'a comparison finds a changed analysis').toBe(print({}));
  });

  test('equal Datakeen bodies are different hints if their URLs differ, or if only one newStatus is trusted', () => {
    const from = (changes: Partial<typeof caseUrl>) =>
      transitionOf({ sessionId, newStatus: 'verify' }, { ...caseUrl, ...changes }).fingerprint;
    const prints = [from({}), from({ reference: 'case-2' }), from({ trustsNewStatus: false })];
    expect(new Set(prints).size).toBe(3);
  });
});

describe('the session id of a webhook', () => {
  test.each([
    ['by its id', sessionId, `datakeen:${sessionId}`],
    [
      'by an ObjectId in capitals, which becomes lower case',
      sessionId.toUpperCase(),
      `datakeen:${sessionId}`,
    ],
    ['by another kind of id, which stays unchanged', 'Sess-7_a', 'datakeen:Sess-7_a'],
    ['by an id with separators, which are encoded', 'a:b/c', 'datakeen:a%3Ab%2Fc'],
  ])('a Datakeen session is identified %s', (_what, id, expected) => {
    expect(transitionOf({ sessionId: id }).verificationId).toBe(expected);
  });

  test('a Datakeen session id in capitals gives the same hint as in lower case', () => {
    expect(transitionOf({ sessionId: sessionId.toUpperCase() }).fingerprint).toBe(
      transitionOf({ sessionId }).fingerprint,
    );
  });
});

describe('quarantined webhooks', () => {
  test.each<[string, unknown, string, string | null]>([
    ['a list', [{ sessionId }], 'unknown-shape', null],
    ['a text', sessionId, 'unknown-shape', null],
    ['null', null, 'unknown-shape', null],
    ['a number', 7, 'unknown-shape', null],
    ['no session', { newStatus: 'ai_approved' }, 'unidentified', null],
    ['an empty session', { sessionId: '' }, 'unidentified', null],
    ['a blank session', { sessionId: '  ' }, 'unidentified', null],
    ['a session that is a number', { sessionId: 662 }, 'unidentified', null],
    ['a session that is an object', { sessionId: { $ne: null } }, 'unidentified', null],
    ['a session id that changes the path', { sessionId: '..' }, 'unidentified', null],
    ['a session too long for a key', { sessionId: 'x'.repeat(256) }, 'unidentified', null],
    ['a session id with half a character', { sessionId: 'a\ud800' }, 'unidentified', null],
    ['an unknown status', { sessionId, newStatus: 'expired' }, 'unknown-status', `datakeen:${sessionId}`],
    ['a status that is no text', { sessionId, newStatus: true }, 'unknown-status', `datakeen:${sessionId}`],
    ['a list of statuses', { sessionId, newStatus: ['verify'] }, 'unknown-status', `datakeen:${sessionId}`],
    ['the status 0', { sessionId, newStatus: 0 }, 'unknown-status', `datakeen:${sessionId}`],
  ])('a Datakeen webhook is quarantined if its body is or has: %s', (_what, body, reason, verificationId) => {
    expect(readDatakeenWebhook(body, caseUrl)).toEqual({ kind: 'unknown', reason, verificationId });
  });
});
