import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  idnowAbortReasons,
  idnowCancelReasons,
  idnowFraudReasons,
} from '../../../shared/providers/idnow/reason-table.ts';
import { fixture, madeIdent, transitionOf } from './fixtures.ts';

const codes = z.array(z.string());
const collection = z
  .object({
    abort: codes,
    cancel: codes,
    cancelLegacy: codes,
    fraud: codes,
    fraudLegacy: codes,
    samplesOnly: codes,
  })
  .parse(fixture('reason-codes'));

const reasonsOf = (reason: unknown) => transitionOf(madeIdent({ result: 'CANCELED', reason })).reasons;
const sorted = (list: Iterable<string>) => [...new Set(list)].sort();

describe('the table of reasons', () => {
  test.each([
    ['abort', Object.keys(idnowAbortReasons), [...collection.abort, 'USER_CANCELLATION']],
    [
      'cancel',
      Object.keys(idnowCancelReasons),
      [...collection.cancel, ...collection.cancelLegacy, 'DATA_APPLICATION_DATA'],
    ],
    ['fraud', Object.keys(idnowFraudReasons), [...collection.fraud, ...collection.fraudLegacy]],
  ])(
    'our table of IDnow %s reasons has every reason that IDnow documents, and no other reason',
    (_kind, table, printed) => {
      expect(sorted(table)).toEqual(sorted(printed));
    },
  );

  test('every reason code in our IDnow table is in lower snake case', () => {
    const meanings = Object.values({ ...idnowAbortReasons, ...idnowCancelReasons, ...idnowFraudReasons });
    expect(meanings.filter(({ code }) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
  });

  test('our IDnow table has the reasons that appear only in IDnow samples', () => {
    const codesOf = (reason: string) => reasonsOf(reason).map(({ code }) => code);
    expect(collection.samplesOnly.flatMap(codesOf)).not.toContain('other');
  });

  test('no reason in our IDnow table has the code "other", because this code marks unknown reasons', () => {
    const meanings = Object.values({ ...idnowAbortReasons, ...idnowCancelReasons, ...idnowFraudReasons });
    expect(meanings.map(({ code }) => code)).not.toContain('other');
  });
});

describe('the reason of an ident', () => {
  test.each([
    ['ID_EXPIRED', 'document_expired', 'document_expired'],
    ['USER_CANCELLATION_DOCUMENT_EXPIRED', 'document_expired', 'document_expired'],
    ['USER_CANCELLATION_IDENTIFY_LATER', 'user_identifies_later', 'user_abandoned'],
    ['USER_CANCELLATION', 'user_canceled', 'user_abandoned'],
    ['DATA_APPLICATION_DATA', 'application_data', 'data_mismatch'],
    ['TSP_WRONG_CONFIRMATION_TOKEN', 'signing_code_wrong', 'signing'],
    ['WARNING_FAKED_MANIPULATED_ID', 'document_fields_manipulated', 'document_fraud'],
    ['WARNING_FRAUD_OTHER', 'fraud_other', 'fraud'],
    ['OTHER_ERROR', 'other_error', 'other'],
    ['id_blurry', 'document_blurry', 'document_quality'],
  ])(
    'the IDnow reason %s is published with the code %s and the category %s',
    (providerCode, code, category) => {
      expect(reasonsOf(providerCode)).toEqual([{ code, category, providerCode }]);
    },
  );

  test.each(['SOMETHING_NEW', 'constructor', '__proto__'])(
    'the unknown IDnow reason %s is published with the reason code "other"',
    (providerCode) => {
      expect(reasonsOf(providerCode)).toEqual([{ code: 'other', category: 'other', providerCode }]);
    },
  );

  test.each([undefined, null, '', ' '])('an ident with the empty reason %j has no reasons', (reason) => {
    expect(reasonsOf(reason)).toEqual([]);
  });

  test.each([
    ['not text', 7],
    ['longer than any code', 'X'.repeat(256)],
    ['not Unicode', 'ID_\ud800'],
  ])('the reason of an ident is kept in `provider_data` if it can be no code: it is %s', (_what, reason) => {
    const { reasons, findings } = transitionOf(madeIdent({ result: 'CANCELED', reason }));
    expect(reasons).toEqual([]);
    expect(findings.provider_data).toEqual({ identificationprocess: { reason } });
  });
});
