import { expect, test } from 'vitest';
import { findApiUrlOfCompany, IdnowApiSettings } from '../../../shared/providers/idnow/gateways.ts';

const api = {
  apiUrl: 'https://gateway.idnow.de',
  gateways: [
    { apiUrl: 'https://gateway.online-ident.ch', companyIds: ['bank-ch', 'broker-ch'] },
    { apiUrl: 'https://gateway.idnow.ae', companyIds: ['bank-ae'] },
  ],
};

test.each([
  ['bank-ch', 'https://gateway.online-ident.ch'],
  ['broker-ch', 'https://gateway.online-ident.ch'],
  ['bank-ae', 'https://gateway.idnow.ae'],
  ['bank-de', 'https://gateway.idnow.de'],
  ['BANK-CH', 'https://gateway.idnow.de'],
])('the account %s belongs to the gateway %s', (companyId, apiUrl) => {
  expect(findApiUrlOfCompany(api, companyId)).toBe(apiUrl);
});

test('a function without the variable IDNOW_GATEWAYS has one gateway', () => {
  expect(IdnowApiSettings.IDNOW_GATEWAYS.parse(undefined)).toEqual([]);
});
