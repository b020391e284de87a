import { describe, expect, test } from 'vitest';
import { findByCode } from '../../shared/parsing/find-by-code.ts';
import { mapProviderStatus } from '../../shared/parsing/provider-status.ts';
import { makeReasonMeaning, mapReasonCode } from '../../shared/parsing/reasons.ts';

const meanings = new Map([['SUCCESS', 1]]);

describe('findByCode', () => {
  test.each(['SUCCESS', 'success', ' Success\n'])(
    'findByCode ignores letter case and outer white space: it finds the code %j',
    (code) => {
      expect(findByCode(meanings, code)).toBe(1);
    },
  );

  test.each(['FAILED', 'SUCCEß', '', `SUCCESS${' '.repeat(100)}`, null, undefined, 7, ['SUCCESS']])(
    'findByCode returns null for the unknown code %j',
    (code) => {
      expect(findByCode(meanings, code)).toBeNull();
    },
  );
});

describe('mapProviderStatus', () => {
  test('mapProviderStatus finds the rule of a known status, and keeps the spelling of the provider', () => {
    expect(mapProviderStatus(meanings, ' success')).toEqual({ rule: 1, providerStatus: ' success' });
  });

  test.each(['FAILED', null, 7])('mapProviderStatus returns null for the unknown status %j', (status) => {
    expect(mapProviderStatus(meanings, status)).toBeNull();
  });
});

describe('mapReasonCode', () => {
  const reasons = new Map([['ID_EXPIRED', makeReasonMeaning('document_expired', 'document_expired')]]);

  test('mapReasonCode adds our code and category to a known reason, and keeps the spelling of the provider', () => {
    expect(mapReasonCode(reasons, 'id_expired')).toEqual({
      code: 'document_expired',
      category: 'document_expired',
      providerCode: 'id_expired',
    });
  });

  test('mapReasonCode gives an unknown reason the code "other" and the category "other"', () => {
    expect(mapReasonCode(reasons, 'NEW')).toEqual({ code: 'other', category: 'other', providerCode: 'NEW' });
  });
});
