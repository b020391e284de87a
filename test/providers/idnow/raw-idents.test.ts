import { describe, expect, test } from 'vitest';
import { fixture, ident, madeIdent, read, transitionOf } from './fixtures.ts';

const unknownShape = { kind: 'unknown', reason: 'unknown-shape', verificationId: null };

describe('the shapes of a body', () => {
  test('an ident gives the same reading alone and in the list “identifications”', () => {
    expect(read(fixture('success'))).toEqual(read(ident('success')));
    expect(transitionOf(fixture('success')).fingerprint).toBe(transitionOf(ident('success')).fingerprint);
  });

  test('each ident in the list “identifications” gives its own reading', () => {
    // Prepare
    const idents = [ident('success'), madeIdent({ result: 'ARCHIVED' }), 'nonsense', ident('aborted')];
    // Act
    const readings = read({ identifications: idents });
    // Assess
    expect(
      readings.map((reading) => (reading.kind === 'unknown' ? reading.reason : reading.transition.reference)),
    ).toEqual(['demosecurityfeatures_20190528', 'unknown-status', 'unknown-shape', '270820231']);
  });

  test.each([
    ['an empty list identifications', { identifications: [] }],
    ['identifications that are no list', { identifications: { identificationprocess: {} } }],
    ['a list', [madeIdent({})]],
    ['null', null],
    ['text', 'SUCCESS'],
    ['an empty object', {}],
    ['an error of the API', { errors: [{ cause: 'OBJECT_NOT_FOUND' }] }],
    ['an identificationprocess that is no object', { identificationprocess: 'SUCCESS' }],
    ['an identificationprocess that is a list', { identificationprocess: [] }],
    [
      'identifications inside of identifications',
      { identifications: [{ identifications: [madeIdent({})] }] },
    ],
    ['both shapes at once', { ...madeIdent({}), identifications: [madeIdent({})] }],
  ])('an IDnow body is quarantined as unknown-shape if it is: %s', (_what, body) => {
    expect(read(body)).toEqual([unknownShape]);
  });

  test('a member with the name __proto__ is a part of the ident like any other', () => {
    const { identificationprocess } = madeIdent({ result: 'SUCCESS' });
    const process = JSON.stringify(identificationprocess).replace('{', '{"__proto__":{"a":1},');
    const body = JSON.parse(`{"identificationprocess":${process},"__proto__":"b"}`);
    expect(JSON.stringify(transitionOf(body).findings.provider_data)).toBe(
      '{"identificationprocess":{"__proto__":{"a":1}},"__proto__":"b"}',
    );
    expect(transitionOf(body).fingerprint).not.toBe(transitionOf({ identificationprocess }).fingerprint);
  });

  test('the fingerprint of an ident depends on its values, not on the order of its keys', () => {
    const fingerprint = (body: unknown) => transitionOf(body).fingerprint;
    const { identificationprocess, ...sections } = ident('canceled');
    expect(fingerprint({ ...sections, identificationprocess })).toBe(fingerprint(ident('canceled')));
    expect(fingerprint({ ...ident('canceled'), customdata: {} })).not.toBe(fingerprint(ident('canceled')));
  });
});

describe('the name of an ident', () => {
  test('the verification id of an ident is its company and transaction number in lower case', () => {
    expect(transitionOf(fixture('started'))).toMatchObject({
      provider: 'idnow',
      verificationId: 'idnow:democompany:txn-started-1',
      source: '/providers/idnow/democompany',
      reference: 'TXN-started-1',
      origin: { kind: 'statement', signals: 'state' },
    });
  });

  test.each([
    ['a:b', 'c', 'idnow:a%3Ab:c', '/providers/idnow/a%3Ab'],
    ['a', 'b:c', 'idnow:a:b%3Ac', '/providers/idnow/a'],
    // The number begins with the Kelvin sign. In Unicode, its lower case is the letter k, but the id must not contain a k.
    ['a', '\u212A1', 'idnow:a:%E2%84%AA1', '/providers/idnow/a'],
    ['a.b_c~d-e', "É(1)!*'", 'idnow:a.b_c~d-e:%C3%89%281%29%21%2A%27', '/providers/idnow/a.b_c~d-e'],
  ])(
    'the verification id of an ident encodes its company %s and its transaction number %s',
    (companyid, transactionnumber, id, source) => {
      expect(transitionOf(madeIdent({ companyid, transactionnumber }))).toMatchObject({
        verificationId: id,
        source,
        reference: transactionnumber,
      });
    },
  );

  test.each([
    ['255 characters, the longest that IDnow accepts', 'a'.repeat(255), 'understood'],
    ['256 characters', 'a'.repeat(256), 'unknown'],
    // A verification id may have 600 characters. The prefix `idnow:c:` has 8 characters, and each encoded umlaut has 6.
    ['98 umlauts and 4 letters, an id of 600', `${'ä'.repeat(98)}abcd`, 'understood'],
    ['98 umlauts and 5 letters, an id of 601', `${'ä'.repeat(98)}abcde`, 'unknown'],
    ['255 umlauts, too long for a key when encoded', 'ä'.repeat(255), 'unknown'],
    ['127 emojis, too long for a key when encoded', '\u{1F600}'.repeat(127), 'unknown'],
  ])(
    'an ident is understood if its transaction number has up to 255 characters, its verification id up to 600: %s',
    (_what, transactionnumber, kind) => {
      const readings = read(madeIdent({ result: 'SUCCESS', companyid: 'c', transactionnumber }));
      expect(readings.map((reading) => reading.kind)).toEqual([kind]);
      if (kind === 'unknown')
        expect(readings).toEqual([{ kind, reason: 'unidentified', verificationId: null }]);
    },
  );

  test.each([undefined, null, '', '  ', 20250206, {}, ['x'], '\ud800'])(
    'an ident is quarantined as unidentified if its company or its transaction number is %j',
    (part) => {
      const unidentified = [{ kind: 'unknown', reason: 'unidentified', verificationId: null }];
      expect(read(madeIdent({ result: 'SUCCESS', companyid: part }))).toEqual(unidentified);
      expect(read(madeIdent({ result: 'SUCCESS', transactionnumber: part }))).toEqual(unidentified);
    },
  );
});
