import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDatakeenLookupTransition } from '../../../shared/providers/datakeen/lookup-transition.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import { computeVerdictOfControls } from '../../../shared/providers/datakeen/verdict.ts';
import { type Answer, anotherCard, changed, type Document, job, lookupOf, sample } from './fixtures.ts';

const failing = anotherCard(({ controls }) => {
  Object.assign(controls?.globalStatus ?? {}, { value: false });
});

const globalStatus = (value: unknown) =>
  changed(({ card }) => Object.assign(card.controls?.globalStatus ?? {}, { value }));
const crossControl = (value: unknown) =>
  changed(({ results }) => Object.assign(results.controls.matchNameInAllDocuments ?? {}, { value }));

/** `Object.assign` would set the prototype, and `JSON.parse` makes a member. */
const withControlNamedProto = (controls: object, value: boolean) =>
  Object.defineProperty(controls, '__proto__', { value: { value }, enumerable: true });

describe('controlsVerdict', () => {
  test('a control across documents with the name __proto__ counts like any other', () => {
    const answer = changed(({ results }) => withControlNamedProto(results.controls, false));
    const result = readDatakeenResult(answer);
    expect(computeVerdictOfControls(result)).toBe('declined');
    expect(lookupOf(answer)?.findings.checks.at(-1)).toMatchObject({ name: '__proto__', passed: false });
  });

  test('a control of a document with the name __proto__ is a check of this document', () => {
    const answer = changed(({ card }) => withControlNamedProto(card.controls ?? {}, false));
    expect(lookupOf(answer)?.findings.checks).toContainEqual(
      expect.objectContaining({ name: '__proto__', passed: false, document: 0 }),
    );
  });

  test.each<[string, Answer, 'approved' | 'declined' | null]>([
    ['the sample, in which a control of a passing card fails', sample(), 'approved'],
    ['a document that fails', globalStatus(false), 'declined'],
    ['a control across documents that fails', crossControl(false), 'declined'],
    [
      'a passing and a failing document',
      changed(({ results }) => results.documents.push(failing)),
      'declined',
    ],
    [
      'two passing documents',
      changed(({ results }) => results.documents.push(anotherCard(() => undefined))),
      'approved',
    ],
    ['no document at all', changed(({ results }) => results.documents.splice(0)), null],
    ['documents without controls only', changed(({ results }) => results.documents.splice(0, 1)), null],
    [
      'a document with empty controls beside one that passes',
      changed(({ other }) => Object.assign(other, { controls: {} })),
      'approved',
    ],
    [
      'a document with null for controls beside one that passes',
      changed(({ other }) => Object.assign(other, { controls: null })),
      'approved',
    ],
    ...[undefined, null, {}].map((controls): [string, Answer, 'approved' | null] => [
      `an identity document with ${JSON.stringify(controls)} for controls beside another one that passes`,
      changed(({ results }) =>
        results.documents.push(anotherCard((card) => Object.assign(card, { type: 'passport', controls }))),
      ),
      'approved',
    ]),
    ...[undefined, null, {}].map((controls): [string, Answer, 'approved' | null] => [
      `an identity document with ${JSON.stringify(controls)} for controls beside a bill that passes`,
      changed(({ card, results }) => {
        results.documents.push(anotherCard((bill) => Object.assign(bill, { type: 'invoice' })));
        Object.assign(card, { controls });
      }),
      null,
    ]),
    // A document of an unknown type may be an identity card. So the controls of the bill cannot approve the session.
    ...['national-id-card-fr', 'identity-card', 'carte', null].map((type): [string, Answer, null] => [
      `a document of kind ${type} without controls beside a bill that passes`,
      changed(({ card, results }) => {
        results.documents.push(anotherCard((bill) => Object.assign(bill, { type: 'invoice' })));
        Object.assign(card, { type, controls: {} });
      }),
      null,
    ]),
    [
      'a passing document of an unknown type, and one without a type',
      changed(({ card }) => Object.assign(card, { type: 'national-id-card-fr' })),
      'approved',
    ],
    [
      'a bill that passes, and no identity document',
      changed(({ card }) => Object.assign(card, { type: 'invoice' })),
      'approved',
    ],
    [
      'no controls across documents',
      changed(({ results }) => Object.assign(results, { controls: {} })),
      'approved',
    ],
    ['a document without globalStatus', changed(({ card }) => delete card.controls?.globalStatus), null],
    ['a globalStatus without a value', globalStatus(null), null],
    ['a globalStatus that is a text', globalStatus('true'), null],
    ['a globalStatus that is a number', globalStatus(1), null],
    ['a globalStatus that is an object', globalStatus({ ok: true }), null],
    ['a control across documents without a value', crossControl(null), null],
    [
      'a failure beside controls without a value',
      changed(({ card, results }) => {
        delete card.controls?.globalStatus;
        Object.assign(results.controls.matchNameInAllDocuments ?? {}, { value: false });
      }),
      'declined',
    ],
    // An unreadable section may hide a failed control, so it prevents an approval.
    [
      'a document that cannot be read',
      changed(({ results }) => Object.assign(results, { documents: [...results.documents, 'x'] })),
      null,
    ],
    [
      'controls that cannot be read',
      changed(({ other }) => Object.assign(other, { controls: 'failed' })),
      null,
    ],
    [
      'controls across documents that cannot be read',
      changed(({ results }) => Object.assign(results, { controls: ['x'] })),
      null,
    ],
    [
      'a control across documents with a name that is too long',
      changed(({ results }) => Object.assign(results.controls, { ['x'.repeat(256)]: { value: false } })),
      null,
    ],
  ])(
    'controlsVerdict returns the expected verdict for a Datakeen session with: %s',
    (_what, answer, expected) => {
      expect(computeVerdictOfControls(readDatakeenResult(answer))).toBe(expected);
    },
  );

  test('the verdict of a Datakeen session covers the documents and controls of all its predictions', () => {
    const twice = (documents: Document[], cross: boolean) =>
      changed(({ prediction, results }, answer) => {
        const controls = { matchNameInAllDocuments: { value: cross, confidence: 1 } };
        answer.data.job_status.predictions.push({
          ...prediction,
          results: { ...results, controls, documents },
        });
      });
    const passing = anotherCard(() => undefined);
    expect(computeVerdictOfControls(readDatakeenResult(twice([passing], true)))).toBe('approved');
    expect(computeVerdictOfControls(readDatakeenResult(twice([failing], true)))).toBe('declined');
    expect(computeVerdictOfControls(readDatakeenResult(twice([passing], false)))).toBe('declined');
  });
});

describe('lookupTransition of Datakeen', () => {
  const decided = (answer: Answer, providerStatus: string) => {
    const transition = lookupOf(answer, providerStatus);
    return transition && [transition.phase, transition.outcome, transition.finality, transition.rank];
  };
  const approved = (rank: number) => ['completed', 'approved', 'final', rank];
  const declined = (rank: number) => ['completed', 'declined', 'final', rank];

  test.each([
    ['ai_approved', approved(60)],
    ['ai_rejected', declined(60)],
    ['verify', ['in_review', null, 'provisional', 40]],
    ['user_approved', approved(70)],
    ['user_rejected', declined(70)],
  ])(
    'the webhook status %s decides a Datakeen case, whatever the controls say',
    (providerStatus, expected) => {
      for (const answer of [sample(), globalStatus(false), globalStatus(null)]) {
        expect(decided(answer, providerStatus)).toEqual(expected);
      }
    },
  );

  test('the controls decide a Datakeen case if the webhook had no status', () => {
    expect(decided(sample(), '')).toEqual(approved(35));
    expect(decided(globalStatus(false), '')).toEqual(declined(35));
  });

  test('a Datakeen result with neither status nor verdict may only revise an earlier decision of the controls', () => {
    expect(decided(globalStatus(null), '')).toEqual(['completed', 'error', 'final', 35]);
    expect(lookupOf(globalStatus(null))?.origin.effect).toBe('revise');
    expect(lookupOf(sample())?.origin.effect).toBe('decide');
    expect(lookupOf(globalStatus(null), 'ai_approved')?.origin.effect).toBe('decide');
  });

  test('the transition of a Datakeen result is a lookup, and has the unchanged provider status of the webhook', () => {
    expect(lookupOf(sample(), 'USER_approved')).toMatchObject({
      provider: 'datakeen',
      verificationId: 'datakeen:662f5f9c9c18e30012c2f021',
      source: '/providers/datakeen',
      reference: null,
      providerStatus: 'USER_approved',
      origin: { kind: 'lookup', requestedBy: job().sequence, effect: 'decide' },
      occurredAt: null,
      flags: [],
    });
    expect(lookupOf(sample())?.providerStatus).toBe('');
  });
});

describe('the reasons of a fetched session', () => {
  const codes = (answer: Answer, providerStatus = '') =>
    lookupOf(answer, providerStatus)?.reasons.map(({ providerCode }) => providerCode);

  /** Returns the sample with these controls of its card and across documents set to false. */
  const withFailed = (card: readonly string[], cross: readonly string[] = []) =>
    changed((parts) => {
      for (const name of card) Object.assign(parts.card.controls ?? {}, { [name]: { value: false } });
      for (const name of cross) Object.assign(parts.results.controls, { [name]: { value: false } });
    });

  test('the first reasons of a declined Datakeen session are its decisive controls, and each name is listed once', () => {
    const answer = changed(({ results }) => {
      results.documents.push(failing, failing);
      Object.assign(results.controls, {
        matchNameInAllDocuments: { value: false, confidence: 0.4 },
        newIn2027: { value: false },
      });
    });
    expect(lookupOf(answer)?.reasons).toEqual([
      { code: 'document_not_valid', category: 'other', providerCode: 'globalStatus' },
      {
        code: 'name_differs_between_documents',
        category: 'data_mismatch',
        providerCode: 'matchNameInAllDocuments',
      },
      { code: 'other', category: 'other', providerCode: 'newIn2027' },
      { code: 'rf_symbol_missing', category: 'security_features', providerCode: 'rfSymbolIsPresent' },
    ]);
  });

  test('a control that also fails on the passing card of the sample comes last, after the other failed controls', () => {
    const answer = withFailed(['dateValidity', 'globalStatus', 'stampIsPresent']);
    expect(codes(answer)).toEqual(['globalStatus', 'dateValidity', 'stampIsPresent', 'rfSymbolIsPresent']);
  });

  test('the failed controls of a document that passed are no reasons if a control across documents failed', () => {
    expect(codes(withFailed(['stampIsPresent'], ['matchNameInAllDocuments']))).toEqual([
      'matchNameInAllDocuments',
    ]);
  });

  test.each(['ai_rejected', 'verify'])(
    'if the status is %s but no decisive control failed, all other failed controls are reasons',
    (providerStatus) => {
      expect(codes(withFailed(['mrzValidity']), providerStatus)).toEqual([
        'mrzValidity',
        'rfSymbolIsPresent',
      ]);
    },
  );

  test.each(['ai_rejected', 'verify'])(
    'if only the control failed that also fails on the passing card, a session with the status %s has no reasons',
    (providerStatus) => {
      expect(codes(sample(), providerStatus)).toEqual([]);
    },
  );

  test('a Datakeen session without a verdict has no reasons', () => {
    const answer = changed(({ card }) => {
      Object.assign(card.controls ?? {}, { globalStatus: { value: null }, mrzValidity: { value: false } });
    });
    expect(lookupOf(answer)).toMatchObject({ outcome: 'error', reasons: [] });
  });

  test('in no order of documents is the control of the passing card the first reason of a rejection', () => {
    const names = Object.keys(sample().data.job_status.predictions[0]?.results.documents[0]?.controls ?? {});
    fc.assert(
      fc.property(
        fc.subarray(names),
        fc.subarray(['matchNameInAllDocuments', 'newIn2027']),
        fc.constantFrom('', 'ai_rejected'),
        (card, cross, providerStatus) => {
          const [first] = codes(withFailed(card, cross), providerStatus) ?? [];
          expect(first).not.toBe('rfSymbolIsPresent');
        },
      ),
    );
  });

  test.each(['', 'ai_approved', 'user_approved'])(
    'an approved Datakeen session has no reasons if the status is %j',
    (providerStatus) => {
      expect(codes(sample(), providerStatus)).toEqual([]);
    },
  );

  test('a Datakeen session that an analyst rejected has no reasons', () => {
    expect(codes(globalStatus(false), 'user_rejected')).toEqual([]);
  });

  test('all failed decisive controls of a Datakeen session become reasons; only the write to the table limits the reasons', () => {
    const answer = changed(({ results }) => {
      for (let index = 0; index < 5000; index++)
        results.controls[`control${index}`] = { value: false, confidence: 1 };
    });
    expect(lookupOf(answer)?.outcome).toBe('declined');
    expect(codes(answer)).toHaveLength(5000);
  });
});

describe('the fingerprint of a fetched session', () => {
  const print = (sequence: number, answer: Answer) =>
    makeDatakeenLookupTransition(
      job({ sequence, providerStatus: 'verify' }),
      { result: readDatakeenResult(answer), digest: JSON.stringify(answer) },
      true,
    )?.fingerprint;

  test('the fingerprint of a Datakeen result depends on the job and on the content of the result', () => {
    expect(print(1, sample())).toMatch(/^[\w-]{22}$/);
    expect(print(1, sample())).toBe(print(1, sample()));
    expect(print(1, sample())).not.toBe(print(2, sample()));
    expect(print(1, sample())).not.toBe(print(1, globalStatus(false)));
  });
});
