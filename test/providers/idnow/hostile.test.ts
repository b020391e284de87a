import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings } from '../../../shared/contract/identity.ts';
import { VerificationState } from '../../../shared/contract/state.ts';
import { plays } from '../../support/plays.ts';
import { fixtureNames, ident, madeIdent, read, transitionOf } from './fixtures.ts';

const idents = fixtureNames.map(ident);
const anIdent = fc.constantFrom(...idents);
const json = fc.jsonValue({ maxDepth: 4 });

/** Generates copies of a value. In each copy, one part is replaced by random JSON. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return json;
  const keys = Object.keys(value);
  if (keys.length === 0) return json;
  const inside = fc
    .constantFrom(...keys)
    .chain((key) =>
      mutated(Reflect.get(value, key)).map((part) =>
        Array.isArray(value) ? value.with(Number(key), part) : { ...value, [key]: part },
      ),
    );
  return fc.oneof({ weight: 1, arbitrary: json }, { weight: 6, arbitrary: inside });
}

const isTyped = (body: unknown) =>
  read(body).every(
    (reading) =>
      reading.kind === 'unknown' ||
      (VerificationState.safeParse(reading.transition).success &&
        Findings.safeParse(reading.transition.findings).success),
  );

describe('readIdents with hostile bodies', () => {
  test('readIdents returns at least one valid reading for any JSON value', () => {
    fc.assert(fc.property(json, (body) => read(body).length > 0 && isTyped(body)));
  });

  test('readIdents returns exactly one valid reading for an ident with damaged parts', () => {
    const damaged = anIdent.chain(mutated).chain(mutated);
    fc.assert(
      fc.property(damaged, (body) => read(body).length === 1 && isTyped(body)),
      { numRuns: plays(300) },
    );
  });

  test('an ident with damaged sections keeps its state if identificationprocess is not damaged', () => {
    const damaged = anIdent.chain(({ identificationprocess, ...sections }) =>
      mutated(sections).map((damage) => [
        { identificationprocess, ...sections },
        { ...(typeof damage === 'object' ? damage : {}), identificationprocess, identifications: undefined },
      ]),
    );
    fc.assert(
      fc.property(damaged, ([whole, body]) => {
        const state = VerificationState.parse(transitionOf(whole));
        expect(VerificationState.parse(transitionOf(body))).toEqual(state);
      }),
      { numRuns: plays(200) },
    );
  });

  test('readIdents reads a body with as many nested levels as the receiver accepts', () => {
    const body: unknown = JSON.parse(`${'['.repeat(63)}${']'.repeat(63)}`);
    expect(transitionOf({ ...madeIdent({ result: 'SUCCESS' }), body }).outcome).toBe('approved');
  });

  test('readIdents treats keys such as __proto__ as ordinary keys', () => {
    const body = JSON.parse(`{
      "identificationprocess": { "companyid": "c", "transactionnumber": "t", "result": "SUCCESS", "__proto__": { "x": 1 } },
      "__proto__": { "userdata": { "firstname": { "status": "NEW", "value": "ERIKA" } } },
      "userdata": { "constructor": 1, "__proto__": { "lastname": { "status": "NEW", "value": "X" } } },
      "customdata": { "__proto__": "a", "constructor": "b", "custom1": "c" }
    }`);
    expect(transitionOf(body).findings).toMatchObject({
      claims: {},
      provider_data: { customdata: { custom1: 'c' } },
    });
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  test('readIdents reads a first name of one million characters', () => {
    const value = 'É'.repeat(1_000_000);
    const userdata = { firstname: { status: 'NEW', value }, birthday: { status: 'NEW', value } };
    expect(transitionOf(madeIdent({ result: 'SUCCESS' }, { userdata })).findings.claims).toEqual({
      given_name: value,
    });
  });
});

describe('readIdents with random idents', () => {
  test('a value with the IDnow status ORIGINAL is neither a claim nor extracted', () => {
    const field = fc.record(
      {
        status: fc.constantFrom('ORIGINAL', 'original', ' Original'),
        value: fc.constant('1964-08-12'),
        original: fc.string(),
      },
      { requiredKeys: ['status'] },
    );
    const address = fc.record({
      street: field,
      streetnumber: field,
      city: field,
      zipcode: field,
      country: field,
    });
    const names = [
      'firstname',
      'lastname',
      'birthname',
      'title',
      'gender',
      'birthday',
      'birthplace',
      'nationality',
    ];
    const userdata = fc
      .tuple(fc.dictionary(fc.constantFrom(...names), field), address)
      .map(([fields, at]) => ({ ...fields, address: at }));
    fc.assert(
      fc.property(userdata, fc.constantFrom('SUCCESS', 'CANCELED', 'CHECK_PENDING'), (sections, result) => {
        const body = madeIdent({ result }, { userdata: sections, identificationdocument: sections });
        const { claims, extracted, documents } = transitionOf(body).findings;
        expect([claims, extracted, documents]).toEqual([{}, {}, []]);
      }),
    );
  });

  test('the letter case of an IDnow result changes only the provider status and the fingerprint', () => {
    fc.assert(
      fc.property(anIdent, fc.infiniteStream(fc.boolean()), (whole, upper) => {
        const { result } = whole.identificationprocess;
        if (typeof result !== 'string') return;
        const mixed = [...result.toLowerCase()]
          .map((c) => (upper.next().value ? c.toUpperCase() : c))
          .join('');
        const process = { ...whole.identificationprocess, result: mixed };
        const { fingerprint: _other, ...expected } = transitionOf(whole);
        expect(transitionOf({ ...whole, identificationprocess: process })).toMatchObject({
          ...expected,
          providerStatus: mixed,
        });
      }),
    );
  });

  test('readIdents gives an ident in the list “identifications” the same reading as the ident alone', () => {
    const some = fc.array(fc.oneof(anIdent, anIdent.chain(mutated)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, (list) => {
        expect(read({ identifications: list })).toEqual(list.flatMap(read));
      }),
    );
  });
});
