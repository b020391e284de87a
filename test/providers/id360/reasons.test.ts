import { describe, expect, test } from 'vitest';
import { ReasonCategory } from '../../../shared/contract/state.ts';
import { id360ReasonByStatusCode } from '../../../shared/providers/id360/status-codes.ts';
import { transitionOf } from './fixtures.ts';

const reasonsOf = (reason: unknown) => transitionOf({ id: 1, status: 'KO', reason }).reasons;

describe('the table of status codes', () => {
  test('our table of ID360 status codes has every code that ID360 documents, and no other code', () => {
    expect(Object.keys(id360ReasonByStatusCode).sort()).toEqual([
      'ACCOUNT_MISSING_EMAIL',
      'COV_FAILED',
      'EIM_RESPONSE_KO',
      'EIM_SECURITY_FAILED',
      'EIM_TIMEOUT',
      'EIM_WRONG_CREDENTIAL',
      'EIM_WRONG_REQUEST',
      'ERL_DELETE',
      'ERL_TIMEOUT',
      'MDL_CHALLENGE_NOT_MET',
      'MDL_INPUT_INVALID',
      'MDL_RESPONSE_INVALID',
      'SEC_DATA_INJECTION',
      'SVC_RESPONSE_INVALID',
      'UNKNOWN_ERROR',
      'VLD_DOCUMENT_INVALID',
      'VLD_ID_INVALID',
      'VLD_SCRIPT_ERROR',
      'VLD_SYNTAX_ERROR',
      'VLD_VALIDATION_KO',
    ]);
  });

  test('each ID360 status code has its own reason code in lower snake case, and none has the code "other"', () => {
    const codes = Object.values(id360ReasonByStatusCode).map(({ code }) => code as string);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code) || code === 'other')).toEqual([]);
  });

  test('every category in our table of ID360 status codes is in the event contract', () => {
    const categories = Object.values(id360ReasonByStatusCode).map(({ category }) => category);
    expect(categories.filter((category) => !ReasonCategory.options.includes(category))).toEqual([]);
  });
});

describe('the reasons of a callback', () => {
  test.each([
    ['VLD_DOCUMENT_INVALID', 'document_invalid', 'other'],
    ['VLD_VALIDATION_KO', 'data_inconsistent', 'data_mismatch'],
    ['VLD_ID_INVALID', 'identity_document_invalid', 'other'],
    ['EIM_TIMEOUT', 'identification_means_timeout', 'timeout'],
    ['ERL_TIMEOUT', 'enrollment_timeout', 'timeout'],
    ['ERL_DELETE', 'enrollment_deleted', 'other'],
    ['SEC_DATA_INJECTION', 'data_injection', 'fraud'],
    ['SVC_RESPONSE_INVALID', 'service_response_invalid', 'technical'],
    ['COV_FAILED', 'process_constraints_failed', 'other'],
    ['UNKNOWN_ERROR', 'unknown_error', 'technical'],
    ['MDL_INPUT_INVALID', 'input_unreadable', 'document_quality'],
    ['erl_timeout', 'enrollment_timeout', 'timeout'],
  ])(
    'the ID360 status code %s is published with the code %s and the category %s',
    (providerCode, code, category) => {
      expect(reasonsOf(providerCode)).toEqual([{ code, category, providerCode }]);
    },
  );

  test.each(['SOMETHING_NEW', 'XYZ', 'CODE_7'])(
    'the unknown ID360 status code %s is published with the reason code "other"',
    (providerCode) => {
      expect(reasonsOf(providerCode)).toEqual([{ code: 'other', category: 'other', providerCode }]);
    },
  );

  test.each([undefined, null, '', ' ', [], [' ']])(
    'a callback with the empty reason %j has no reasons',
    (reason) => {
      expect(reasonsOf(reason)).toEqual([]);
    },
  );

  test('an ID360 status code that is a number is read as text', () => {
    expect(reasonsOf({ code: 4711 })).toEqual([{ code: 'other', category: 'other', providerCode: '4711' }]);
  });

  test.each(['constructor', '__proto__', 'new.code:7', 'Expired', 'illisible', 'n/a', 'OK.', 'Expiré'])(
    'the text %s is text in provider_data, and no reason, because it does not have the form of a code',
    (reason) => {
      const { reasons, findings } = transitionOf({ id: 1, status: 'KO', reason });
      expect(reasons).toEqual([]);
      expect(findings.provider_data).toEqual({ reason });
    },
  );

  test.each(['new.code:7', '__proto__', 'Expired'])(
    'the member code of a reason is a code in any form without white space: %s',
    (code) => {
      expect(reasonsOf([{ code }, { status_code: { code } }])).toEqual([
        { code: 'other', category: 'other', providerCode: code },
      ]);
    },
  );

  test('a callback reason that is free text is text in provider_data, and no reason', () => {
    const reason = 'Mme SPECIMEN est trop jeune';
    const { reasons, findings } = transitionOf({ id: 1, status: 'KO', reason });
    expect(reasons).toEqual([]);
    expect(findings.provider_data).toEqual({ reason });
  });

  test('a callback reason that is a code is only in the reasons', () => {
    expect(transitionOf({ id: 1, status: 'KO', reason: 'ERL_TIMEOUT' }).findings.provider_data).toEqual({});
  });

  test('readId360Callback returns all reasons of a callback; only the write to the table limits the reasons', () => {
    expect(reasonsOf(Array.from({ length: 3000 }, (_, index) => `CODE_${index}`))).toHaveLength(3000);
  });

  test.each([
    ['a list', ['ERL_TIMEOUT', 'XYZ', 'ERL_TIMEOUT']],
    ['codes with messages', [{ code: 'ERL_TIMEOUT', message: 'm' }, { code: 'XYZ' }]],
    ['codes with their places', [{ status_code: { code: 'ERL_TIMEOUT' }, where: 'w' }, 'XYZ']],
  ])('the reason of a callback may be %s, and a repeated code gives one reason', (_what, reason) => {
    expect(reasonsOf(reason)).toEqual([
      { code: 'enrollment_timeout', category: 'timeout', providerCode: 'ERL_TIMEOUT' },
      { code: 'other', category: 'other', providerCode: 'XYZ' },
    ]);
  });

  test.each([
    ['longer than any code', 'X'.repeat(101)],
    ['not Unicode', 'X\ud800'],
    ['a fraction', 5.5],
    ['a sentence', 'The document is expired.'],
    ['an object without a code', { message: 'm' }],
  ])('a callback reason is left out if it is %s', (_what, reason) => {
    expect(reasonsOf(reason)).toEqual([]);
    expect(reasonsOf([reason, 'ERL_TIMEOUT'])).toHaveLength(1);
  });
});
