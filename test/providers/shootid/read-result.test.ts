import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeShootIdResult } from '../../../local/simulators/shootid/make-shootid-result.ts';
import { readShootIdResult } from '../../../shared/providers/shootid/read-result.ts';

/** The specimen of the migration guide. */
const specimen = {
  transactionId: '2c95841e45404f7e0145405da33f0009',
  qrCode: 'https://www.contralia.fr/shootid/api/v2/picture?pictureId=2c95841e45404f7e0145405da35c000a',
  documents: [{ status: 'READY_TO_BE_SCANNED', declaredType: 'IDENTITY', documentId: 0 }],
};

describe('readShootIdResult', () => {
  test('reads the specimen of the migration guide', () => {
    expect(readShootIdResult(specimen)).toEqual({
      transactionId: '2c95841e45404f7e0145405da33f0009',
      isSubmitted: false,
      findings: {
        claims: {},
        extracted: {},
        submitted: {},
        documents: [{ type: 'identity', provider_data: { status: 'READY_TO_BE_SCANNED', documentId: 0 } }],
        checks: [],
        provider_data: {},
      },
    });
  });

  test('a document with another status shows that the user has submitted something', () => {
    expect(readShootIdResult(makeShootIdResult({ transactionId: 'a' })).isSubmitted).toBe(true);
  });

  test.each([
    ['a type that is no text', { documents: [{ declaredType: 7 }] }, ['documents[0].declaredType']],
    ['a document that is no object', { documents: [{}, 'IDENTITY'] }, ['documents[1]']],
    ['a document that is a list', { documents: [['LOST'], {}] }, ['documents[0]']],
    ['a member with the name of our list', { unreadable: ['LOST'] }, ['unreadable']],
    ['documents that are no list', { documents: 'IDENTITY' }, ['documents']],
    ['an id that is no text', { transactionId: 7 }, ['transactionId']],
  ])('names %s as unreadable', (_title, json, unreadable) => {
    expect(readShootIdResult(json).findings.provider_data).toEqual({ unreadable });
  });

  test('names at most 200 unreadable paths, and then the section of the others', () => {
    const documents = Array.from({ length: 200 }, () => ({ declaredType: 7 }));
    const { unreadable } = readShootIdResult({ documents, transactionId: 7 }).findings.provider_data;
    expect(unreadable).toHaveLength(201);
    expect([unreadable].flat().at(-1)).toBe('documents');
  });

  test.each([null, 'text', 7, []])('reads %j, which is no result, without an exception', (json) => {
    expect(readShootIdResult(json)).toMatchObject({ transactionId: null, isSubmitted: false });
  });

  test('publishes each unknown leaf at any level under its own name', () => {
    const leaf = fc.uuid();
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.dictionary(fc.stringMatching(/^x[a-z]{1,5}$/), tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    const extras = fc.dictionary(fc.stringMatching(/^x[a-z]{1,5}$/), tree);
    fc.assert(
      fc.property(extras, extras, (top, inDocument) => {
        const json = { ...specimen, ...top, documents: [{ ...specimen.documents[0], ...inDocument }] };
        const published = JSON.stringify(readShootIdResult(json).findings);
        const leaves = JSON.stringify([top, inDocument]).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g);
        expect((leaves ?? []).filter((each) => !published.includes(each))).toEqual([]);
      }),
    );
  });
});
