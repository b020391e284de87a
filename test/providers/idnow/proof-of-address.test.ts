import { describe, expect, test } from 'vitest';
import { fixture, madeIdent, transitionOf } from './fixtures.ts';

const address = (city: string, status = 'MATCH') => ({ city: { status, value: city } });
const bill = { documentname: 'UTILITY_BILL', address: address('MUNICH') };
const identityDocument = { type: { status: 'NEW', value: 'IDCARD' } };

function findingsOf(
  poaresult: string | null,
  additionaldocuments: unknown,
  userAddress: object = address('BERLIN'),
) {
  const sections = {
    userdata: { address: userAddress },
    identificationdocument: identityDocument,
    additionaldocuments,
  };
  return transitionOf(madeIdent({ result: 'SUCCESS', poaresult }, sections)).findings;
}

describe('the proof of address of an ident', () => {
  test('the check names the document that proves the address, and the claims contain its address', () => {
    const { claims, documents, checks } = transitionOf(fixture('proof-of-address')).findings;
    expect(checks).toEqual([
      { name: 'proof_of_address', passed: true, confidence: null, document: 1, providerResult: 'SUCCESS' },
    ]);
    expect(documents[1]?.type).toBe('utility_statement');
    expect(claims.address).toEqual(documents[1]?.claims?.address);
    expect(claims.address?.street_address).toBe('HIGH STREET 100');
  });

  test.each([
    ['SUCCESS', 'MUNICH', true],
    ['SUCCESS_DATA_CHANGED', 'MUNICH', true],
    ['CANCELED', 'BERLIN', false],
    ['WAITING', 'BERLIN', null],
    [null, 'BERLIN', undefined],
  ])('if the proof of address has the result %j, the city in the claims is %s', (result, city, passed) => {
    const { claims, checks } = findingsOf(result, [{ documentname: 'OTHER' }, bill]);
    expect(claims.address).toEqual({ locality: city });
    const proofs = checks.filter(({ name }) => name === 'proof_of_address');
    expect(proofs.map((check) => [check.passed, check.document])).toEqual(
      passed === undefined ? [] : [[passed, 2]],
    );
  });

  test('if no document shows a verified address, the check names none, and the address of userdata is the claim', () => {
    const { claims, checks } = findingsOf('SUCCESS', [{ ...bill, address: address('MUNICH', 'ORIGINAL') }]);
    expect(claims.address).toEqual({ locality: 'BERLIN' });
    const proofs = checks.filter(({ name }) => name === 'proof_of_address');
    expect(proofs).toMatchObject([{ passed: true, document: null }]);
  });

  test('the address on the identity document stays in provider_data if another document proves the address', () => {
    const { provider_data } = findingsOf('SUCCESS', [bill], {
      ...address('BERLIN', 'NEW'),
      street: { status: 'ORIGINAL', value: 'HIGH STREET' },
    });
    expect(provider_data.field_statuses).toMatchObject({
      address: { city: { status: 'NEW', value: 'BERLIN' }, street: { status: 'ORIGINAL' } },
    });
  });

  test('an address that was proven in an ident without approval is in extracted', () => {
    const { identificationprocess, ...sections } = madeIdent({
      result: 'CHECK_PENDING',
      poaresult: 'SUCCESS',
    });
    const ident = { identificationprocess, ...sections, additionaldocuments: [bill] };
    expect(transitionOf(ident).findings).toMatchObject({
      claims: {},
      extracted: { address: { locality: 'MUNICH' } },
    });
  });
});
