import { describe, expect, test } from 'vitest';
import { findByCode } from '../../shared/parsing/find-by-code.ts';
import { gender } from '../../shared/parsing/gender.ts';
import { mapStatus } from '../../shared/parsing/provider-status.ts';
import { mapReason, reason } from '../../shared/parsing/reasons.ts';

const meanings = new Map([['SUCCESS', 1]]);

describe('findByCode', () => {
  test.each(['SUCCESS', 'success', ' Success\n'])('findByCode finds the code %j', (code) => {
    expect(findByCode(meanings, code)).toBe(1);
  });

  test.each(['FAILED', 'SUCCEß', '', `SUCCESS${' '.repeat(100)}`, null, undefined, 7, ['SUCCESS']])(
    'findByCode does not find the code %j',
    (code) => {
      expect(findByCode(meanings, code)).toBeNull();
    },
  );
});

describe('mapStatus', () => {
  test('a known status keeps the spelling of the provider', () => {
    expect(mapStatus(meanings, ' success')).toEqual({ rule: 1, providerStatus: ' success' });
  });

  test.each(['FAILED', null, 7])('the status %j has no rule', (status) => {
    expect(mapStatus(meanings, status)).toBeNull();
  });
});

describe('mapReason', () => {
  const reasons = new Map([['ID_EXPIRED', reason('document_expired', 'document_expired')]]);

  test('a known reason code gets our code and category, and keeps the spelling of the provider', () => {
    expect(mapReason(reasons, 'id_expired')).toEqual({
      code: 'document_expired',
      category: 'document_expired',
      providerCode: 'id_expired',
    });
  });

  test('an unknown reason code gets the code and the category other', () => {
    expect(mapReason(reasons, 'NEW')).toEqual({ code: 'other', category: 'other', providerCode: 'NEW' });
  });
});

describe('gender', () => {
  test.each([
    ['F', 'female'],
    [' m ', 'male'],
    ['FEMALE', 'female'],
    ['X', 'x'],
    ['', null],
    [' ', null],
    [null, null],
    [undefined, null],
  ])('the gender %j is published as %j', (value, expected) => {
    expect(gender(value)).toBe(expected);
  });
});
