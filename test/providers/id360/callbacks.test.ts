import { describe, expect, test } from 'vitest';
import { getEncodedEnrollmentId } from '../../../shared/providers/id360/enrollment-id.ts';
import { readId360Callback } from '../../../shared/providers/id360/read-callback.ts';
import { type CallbackName, callbackNames, fixture, transitionOf } from './fixtures.ts';

// A row has the expected phase, outcome, finality and rank of a sample callback. The last columns say whether the callback
// reports a state or a step, and whether it requests evidence.
type Row = [string, string | null, string, number, 'state' | 'step', 'fetch' | 'none'];

const approved: Row = ['completed', 'approved', 'final', 60, 'state', 'fetch'];
const declined: Row = ['completed', 'declined', 'final', 60, 'state', 'fetch'];
const failed: Row = ['completed', 'error', 'final', 60, 'state', 'none'];
const expired: Row = ['completed', 'expired', 'final', 60, 'state', 'none'];
const step: Row = ['in_progress', null, 'provisional', 10, 'step', 'none'];

const states: Record<CallbackName, Row> = {
  new: ['created', null, 'provisional', 0, 'state', 'none'],
  started: ['in_progress', null, 'provisional', 10, 'state', 'none'],
  'step-id-document': step,
  'step-fake-photo': step,
  'step-liveness-ko': step,
  ok: approved,
  ko: declined,
  failed,
  canceled: expired,
  discontinued: ['completed', 'canceled', 'final', 60, 'state', 'none'],
  'ok-older-form': approved,
  'ko-older-form': declined,
  'canceled-older-form': expired,
  'ok-with-step': approved,
  'ko-with-step': declined,
  'failed-with-step': failed,
};

describe('readId360Callback', () => {
  test.each(callbackNames)(
    'the transition of the ID360 sample %s has the expected state and origin',
    (name) => {
      const { phase, outcome, finality, rank, origin, ...others } = transitionOf(fixture(name));
      const [, , , , signals, evidence] = states[name];
      expect([phase, outcome, finality, rank]).toEqual(states[name].slice(0, 4));
      expect(origin).toEqual({ kind: 'statement', signals, evidence });
      expect(others).toMatchObject({
        provider: 'id360',
        verificationId: 'id360:50123',
        source: '/providers/id360',
        flags: [],
        occurredAt: null,
        findings: { claims: {}, submitted: {}, documents: [], checks: [] },
      });
    },
  );

  test.each(callbackNames)(
    'the fingerprint of the ID360 sample %s differs from the fingerprints of all other samples',
    (name) => {
      const others = callbackNames.filter((other) => other !== name);
      const { fingerprint } = transitionOf(fixture(name));
      expect(others.map((other) => transitionOf(fixture(other)).fingerprint)).not.toContain(fingerprint);
    },
  );
});

test('a callback has the same fingerprint if its id is a number and if its id is a text', () => {
  const [asNumber, asText] = [50123, '50123'].map((id) => transitionOf({ id, status: 'OK' }).fingerprint);
  expect(asText).toBe(asNumber);
});

describe('id360StatusOf', () => {
  test.each([
    ['ok', 'approved'],
    ['Ko', 'declined'],
    [' CANCELED\n', 'expired'],
    ['discontinued', 'canceled'],
  ])(
    'an ID360 status is recognized in any letter case and with white space, and published unchanged: %j',
    (status, outcome) => {
      expect(transitionOf({ id: 1, status })).toMatchObject({ outcome, providerStatus: status });
    },
  );

  test.each([
    'DELETED',
    'CANCELLED',
    'O K',
    'OKAY',
    'constructor',
    '__proto__',
    '',
    undefined,
    null,
    0,
    true,
    {},
    ['OK'],
    `OK${' '.repeat(100)}`,
  ])('a callback with the unknown status %j is quarantined under its verification id', (status) => {
    expect(readId360Callback({ id: 50123, status }, null)).toEqual({
      kind: 'unknown',
      reason: 'unknown-status',
      verificationId: 'id360:50123',
    });
  });
});

describe('the id of an enrollment', () => {
  test.each([
    [50123, 'id360:50123'],
    ['50123', 'id360:50123'],
    [0, 'id360:0'],
    [Number.MAX_SAFE_INTEGER, 'id360:9007199254740991'],
    ['9007199254740993', 'id360:9007199254740993'],
    ['66b905f6-ac91-4a2c-8b1b-752d2393ac3b', 'id360:66b905f6-ac91-4a2c-8b1b-752d2393ac3b'],
    ['a:b/c d', 'id360:a%3Ab%2Fc%20d'],
    ["!'()*", 'id360:%21%27%28%29%2A'],
    ['é', 'id360:%C3%A9'],
    ['...', 'id360:...'],
  ])('the enrollment id %j becomes the verification id %s', (id, verificationId) => {
    expect(transitionOf({ id, status: 'OK' }).verificationId).toBe(verificationId);
    expect(getEncodedEnrollmentId(verificationId)).toBe(verificationId.slice(6));
  });

  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' \n'],
    ['a fraction', 1.5],
    ['negative', -1],
    ['an integer that JSON may have rounded', 2 ** 53],
    ['a large number that JSON may have rounded', 1e300],
    ['a boolean', true],
    ['an object', { id: 1 }],
    ['a list', [50123]],
    ['a single dot', '.'],
    ['two dots', '..'],
    ['too long', 'x'.repeat(256)],
    ['too long when encoded', 'é'.repeat(120)],
    ['not Unicode', 'a\ud800'],
  ])('a callback is quarantined as unidentified if its enrollment id is: %s', (_what, id) => {
    expect(readId360Callback({ id, status: 'OK' }, null)).toEqual({
      kind: 'unknown',
      reason: 'unidentified',
      verificationId: null,
    });
  });

  test.each([null, 1, 'OK', true, [], [{ id: 1, status: 'OK' }]])(
    'a callback with the body %j is quarantined as unknown-shape',
    (body) => {
      expect(readId360Callback(body, null)).toEqual({
        kind: 'unknown',
        reason: 'unknown-shape',
        verificationId: null,
      });
    },
  );
});

describe('the reference of a callback', () => {
  const body = fixture('ok-older-form');

  const ofBoth = (given: unknown, reference: string | null = null) => {
    const transition = transitionOf(given, reference);
    return [transition.reference, transition.echoedReference];
  };

  test('the reference of a callback comes from its signed URL, and client_reference becomes echoedReference', () => {
    expect(ofBoth(body, 'order-1')).toEqual(['order-1', 'order-4711']);
    expect(ofBoth(body)).toEqual([null, 'order-4711']);
    expect(ofBoth({ ...body, client_reference: 4711 })).toEqual([null, '4711']);
  });

  test.each([undefined, null, '', ' ', {}, ['order'], 'x'.repeat(256), 'a\ud800'])(
    'a callback with the unusable client_reference %j has no echoedReference',
    (client_reference) => {
      expect(ofBoth({ ...body, client_reference })).toEqual([null, null]);
    },
  );
});

describe('the step of a callback', () => {
  const dataOf = (body: unknown) => transitionOf(body).findings.provider_data;

  test('provider_data of a callback has the name, result, documents and counts of the step', () => {
    expect(dataOf(fixture('step-id-document'))).toEqual({
      enrollment_step: {
        name: 'id_document',
        type: 'SDRIdentityDocumentStep',
        status: 'OK',
        documents: ['id_document_image'],
      },
      steps_status: { done: 1, total: 6 },
    });
  });

  test('provider_data of a callback has the reason and the errors of the step as ID360 sends them', () => {
    expect(dataOf(fixture('step-liveness-ko'))).toEqual({
      enrollment_step: {
        name: 'liveness',
        type: 'LeiaFaceChallengeStep',
        status: 'KO',
        reason: 'MDL_CHALLENGE_NOT_MET',
        errors: [{ code: 'MDL_CHALLENGE_NOT_MET', message: 'challenge not met' }, 'face not found'],
        documents: ['liveness_video$0', 'liveness_video$1'],
      },
      steps_status: { done: 4, total: 6 },
    });
    expect(transitionOf(fixture('step-liveness-ko')).reasons).toEqual([]);
  });

  test('a callback with a step and a final status publishes the step, but its statement reports a state', () => {
    const { origin, findings } = transitionOf(fixture('ok-with-step'));
    expect(origin).toMatchObject({ signals: 'state' });
    expect(findings.provider_data.enrollment_step).toMatchObject({ name: 'facecomparison' });
  });

  test('a callback with a step and the status NEW reports a state, not a step', () => {
    expect(transitionOf({ ...fixture('step-id-document'), status: 'NEW' }).origin).toMatchObject({
      signals: 'state',
    });
  });

  test.each([undefined, null, '', {}, [], { name: '' }, { errors: [], documents: [] }])(
    'a callback with the empty step %j publishes no step, and reports a state',
    (enrollment_step) => {
      const { origin, findings } = transitionOf({ id: 1, status: 'STARTED', enrollment_step });
      expect(origin).toMatchObject({ signals: 'state' });
      expect(findings.provider_data.enrollment_step).toBeUndefined();
    },
  );

  test.each([
    ['that is a text', { enrollment_step: 'liveness' }],
    ['that is a list', { enrollment_step: [1] }],
    ['with a name of an unexpected type', { enrollment_step: { name: { x: 1 }, status: 'OK' } }],
    ['with documents of several types', { enrollment_step: { documents: [1, 'a'] } }],
    ['with an unknown error', { enrollment_step: { errors: { none: true } } }],
    ['with counts that cannot be true', { steps_status: { done: -1, total: 1.5 } }],
    ['without counts', { steps_status: 3 }],
    ['with an unknown reason', { reason: [{ what: 'x' }] }],
  ])(
    'if a callback has a step %s, the step is published as it is, and the status is still read',
    (_what, changes) => {
      const { outcome, findings } = transitionOf({ id: 1, status: 'OK', ...changes });
      expect(outcome).toBe('approved');
      expect(findings.provider_data).toEqual(changes);
    },
  );
});
