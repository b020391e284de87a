import { describe, expect, test } from 'vitest';
import { fixture, ident, madeIdent, read, transitionOf } from './fixtures.ts';

const unknownShape = { kind: 'unknown', reason: 'unknown-shape', verificationId: null };

describe('the shapes of a body', () => {
  test('an ident is the same bare and wrapped', () => {
    expect(read(fixture('success'))).toEqual(read(ident('success')));
    expect(transitionOf(fixture('success')).fingerprint).toBe(transitionOf(ident('success')).fingerprint);
  });

  test('the idents of a wrapper are read each on its own', () => {
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
    ['an empty wrapper', { identifications: [] }],
    ['a wrapper that is no list', { identifications: { identificationprocess: {} } }],
    ['a list', [madeIdent({})]],
    ['null', null],
    ['text', 'SUCCESS'],
    ['an empty object', {}],
    ['an error of the API', { errors: [{ cause: 'OBJECT_NOT_FOUND' }] }],
    ['a process that is no object', { identificationprocess: 'SUCCESS' }],
    ['a process that is a list', { identificationprocess: [] }],
    ['a wrapper in a wrapper', { identifications: [{ identifications: [madeIdent({})] }] }],
    ['both shapes at once', { ...madeIdent({}), identifications: [madeIdent({})] }],
  ])('%s is not understood', (_what, body) => {
    expect(read(body)).toEqual([unknownShape]);
  });

  test('keys in another order are the same delivery, another value is not', () => {
    const fingerprint = (body: unknown) => transitionOf(body).fingerprint;
    const { identificationprocess, ...sections } = ident('canceled');
    expect(fingerprint({ ...sections, identificationprocess })).toBe(fingerprint(ident('canceled')));
    expect(fingerprint({ ...ident('canceled'), customdata: {} })).not.toBe(fingerprint(ident('canceled')));
  });
});

describe('the name of an ident', () => {
  test('is the company and the transaction number, whose case does not matter', () => {
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
    // The Kelvin sign, whose lower case would be a k.
    ['a', '\u212A1', 'idnow:a:%E2%84%AA1', '/providers/idnow/a'],
    ['a.b_c~d-e', "É(1)!*'", 'idnow:a.b_c~d-e:%C3%89%281%29%21%2A%27', '/providers/idnow/a.b_c~d-e'],
  ])(
    '%s and %s are escaped, so that no two idents share an id',
    (companyid, transactionnumber, id, source) => {
      expect(transitionOf(madeIdent({ companyid, transactionnumber }))).toMatchObject({
        verificationId: id,
        source,
        reference: transactionnumber,
      });
    },
  );

  test.each([
    ['255 characters, as long as IDnow takes', 'a'.repeat(255), 'understood'],
    ['256 characters', 'a'.repeat(256), 'unknown'],
    // `idnow:c:` is 8 characters, an umlaut 6.
    ['98 umlauts and 4 letters, an id of 600', `${'ä'.repeat(98)}abcd`, 'understood'],
    ['98 umlauts and 5 letters, an id of 601', `${'ä'.repeat(98)}abcde`, 'unknown'],
    ['255 umlauts, longer than a key once encoded', 'ä'.repeat(255), 'unknown'],
    ['127 faces, longer than a key once encoded', '\u{1F600}'.repeat(127), 'unknown'],
  ])('a transaction number of %s', (_what, transactionnumber, kind) => {
    const readings = read(madeIdent({ result: 'SUCCESS', companyid: 'c', transactionnumber }));
    expect(readings.map((reading) => reading.kind)).toEqual([kind]);
    if (kind === 'unknown')
      expect(readings).toEqual([{ kind, reason: 'unidentified', verificationId: null }]);
  });

  test.each([undefined, null, '', '  ', 20250206, {}, ['x'], '\ud800'])('%j is none', (part) => {
    const unidentified = [{ kind: 'unknown', reason: 'unidentified', verificationId: null }];
    expect(read(madeIdent({ result: 'SUCCESS', companyid: part }))).toEqual(unidentified);
    expect(read(madeIdent({ result: 'SUCCESS', transactionnumber: part }))).toEqual(unidentified);
  });
});
