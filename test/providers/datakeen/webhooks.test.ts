import { describe, expect, test } from 'vitest';
import { noFindings } from '../../../shared/contract/identity.ts';
import { readWebhook } from '../../../shared/providers/datakeen/read-webhook.ts';
import { sender, sessionId, transitionOf } from './fixtures.ts';

const words = ['ai_approved', 'ai_rejected', 'verify', 'user_approved', 'user_rejected'] as const;

/** What the back office sends once an analyst has decided. */
const analyst = (newStatus: string) => ({
  analysisId: '680a29939ae31600116ae34b',
  entityId: '680a29939ae31600116ae358',
  correlationId: 'TEST-123456',
  sessionId,
  newStatus,
});

describe('a webhook', () => {
  test('without a word says that the session is over, unconfirmed', () => {
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
      fingerprint: expect.stringMatching(/^[\w-]{43}$/),
      origin: { kind: 'hint', onRepeat: 'compare' },
      findings: noFindings,
    });
  });

  test.each([
    ['ai_approved', 'submitted', 30],
    ['ai_rejected', 'submitted', 30],
    ['verify', 'in_review', 40],
    ['user_approved', 'submitted', 30],
    ['user_rejected', 'submitted', 30],
  ])('with %s moves to %s at most', (newStatus, phase, rank) => {
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
  });

  test('of an analyst keeps the ids that come with it', () => {
    expect(transitionOf(analyst('user_approved')).findings).toEqual({
      ...noFindings,
      provider_data: {
        analysisId: '680a29939ae31600116ae34b',
        entityId: '680a29939ae31600116ae358',
        correlationId: 'TEST-123456',
      },
    });
  });

  test('names ids that are not text, and leaves them out', () => {
    const body = { ...analyst('user_approved'), analysisId: ['x'], correlationId: '' };
    expect(transitionOf(body).findings.provider_data).toEqual({
      entityId: '680a29939ae31600116ae358',
      unreadable_sections: ['webhook.analysisId'],
    });
  });

  test.each(words)('says %s in any case, and keeps the word as it came', (word) => {
    const said = ` ${word.toUpperCase()}`;
    expect(transitionOf({ sessionId, newStatus: said })).toMatchObject({
      providerStatus: said,
      phase: word === 'verify' ? 'in_review' : 'submitted',
    });
  });

  test.each([null, undefined, ''])('with %j for a word has none', (newStatus) => {
    expect(transitionOf({ sessionId, newStatus })).toMatchObject({ phase: 'submitted', providerStatus: '' });
  });

  test('says nothing by its word, where the URL is not the back office’s', () => {
    for (const newStatus of [...words, 'deleted', 7]) {
      const { phase, providerStatus } = transitionOf(
        { sessionId, newStatus },
        { ...sender, trustsNewStatus: false },
      );
      expect([phase, providerStatus]).toEqual(['submitted', '']);
    }
  });

  test('is another one with another word, and the same one with its keys in another order', () => {
    const print = (body: object) => transitionOf(body).fingerprint;
    const bodies = [{ sessionId }, ...words.map((newStatus) => ({ sessionId, newStatus }))];
    expect(new Set(bodies.map(print)).size).toBe(6);
    expect(print({ newStatus: 'verify', sessionId })).toBe(print({ sessionId, newStatus: 'verify' }));
  });

  test('is the same hint whatever else its body holds, or in whatever form', () => {
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
    'is the same hint where its status is spelled %j',
    (newStatus) => {
      const { fingerprint } = transitionOf({ sessionId, newStatus: 'user_approved' });
      expect(transitionOf({ sessionId, newStatus }).fingerprint).toBe(fingerprint);
    },
  );

  test('is the same hint whatever status it claims, where the URL is not believed', () => {
    // Prepare
    const claims = [undefined, ...words, 'deleted', 7, { deep: [] }];
    // Act
    const prints = claims.map(
      (newStatus) =>
        transitionOf({ sessionId, newStatus }, { ...sender, trustsNewStatus: false }).fingerprint,
    );
    // Assess
    expect(new Set(prints).size).toBe(1);
  });

  test('of the back office is another one for another analysis, where it tells a status', () => {
    // Prepare: no user knows the URL of the back office.
    const backOffice = { reference: null, trustsNewStatus: true, isBackOffice: true };
    const print = (body: object) => transitionOf({ sessionId, ...body }, backOffice).fingerprint;
    // Act and assess
    const newStatus = 'user_approved';
    expect(print({ newStatus, analysisId: 'a' })).not.toBe(print({ newStatus, analysisId: 'b' }));
    expect(print({ newStatus, correlationId: 'a' })).not.toBe(print({ newStatus, correlationId: 'b' }));
    expect(print({ analysisId: 'a' }), 'that has changed is found by comparing').toBe(print({}));
  });

  test('is another one at another URL, and where its word is now believed', () => {
    const from = (changes: Partial<typeof sender>) =>
      transitionOf({ sessionId, newStatus: 'verify' }, { ...sender, ...changes }).fingerprint;
    const prints = [from({}), from({ reference: 'case-2' }), from({ trustsNewStatus: false })];
    expect(new Set(prints).size).toBe(3);
  });
});

describe('the session', () => {
  test.each([
    ['as it is', sessionId, `datakeen:${sessionId}`],
    ['in capitals, because an ObjectId is hexadecimal', sessionId.toUpperCase(), `datakeen:${sessionId}`],
    ['as another kind of id, in its own case', 'Sess-7_a', 'datakeen:Sess-7_a'],
    ['with a separator, encoded', 'a:b/c', 'datakeen:a%3Ab%2Fc'],
  ])('is named %s', (_what, id, expected) => {
    expect(transitionOf({ sessionId: id }).verificationId).toBe(expected);
  });

  test('in capitals is the same delivery', () => {
    expect(transitionOf({ sessionId: sessionId.toUpperCase() }).fingerprint).toBe(
      transitionOf({ sessionId }).fingerprint,
    );
  });
});

describe('not understood is', () => {
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
    ['a session that leads elsewhere', { sessionId: '..' }, 'unidentified', null],
    ['a session too long for a key', { sessionId: 'x'.repeat(256) }, 'unidentified', null],
    ['half a character', { sessionId: 'a\ud800' }, 'unidentified', null],
    ['an unknown word', { sessionId, newStatus: 'expired' }, 'unknown-status', `datakeen:${sessionId}`],
    ['a word that is no text', { sessionId, newStatus: true }, 'unknown-status', `datakeen:${sessionId}`],
    ['a list of words', { sessionId, newStatus: ['verify'] }, 'unknown-status', `datakeen:${sessionId}`],
    ['zero for a word', { sessionId, newStatus: 0 }, 'unknown-status', `datakeen:${sessionId}`],
  ])('%s', (_what, body, reason, verificationId) => {
    expect(readWebhook(body, sender)).toEqual({ kind: 'unknown', reason, verificationId });
  });
});
