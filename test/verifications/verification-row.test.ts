import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFindings } from '../../shared/contract/identity.ts';
import { encodeRowContent } from '../../shared/verifications/row-content.ts';
import { convertWriteToItem, parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import { deliver, makeDelivery } from '../support/deliveries.ts';
import { anyHistory, playHistory } from '../support/random-histories.ts';
import { transition } from '../support/transitions.ts';

const writes = anyHistory.map((steps) =>
  playHistory(steps).map(({ write }) => ({
    ...write,
    outbox: { ...write.outbox, delivery: makeDelivery({ reference: 'case-1', signature: 'valid' }) },
  })),
);

test('each write of a random history is read back unchanged from its item', () => {
  fc.assert(
    fc.property(writes, (history) => {
      for (const write of history) {
        expect(parseVerificationItem(convertWriteToItem(write, 1_800_000_000))).toEqual(write);
      }
    }),
  );
});

test('a member of provider_data with the name __proto__ is read back from an item', () => {
  // Prepare
  const provider_data = JSON.parse('{"__proto__":{"a":1},"b":2}');
  const findings = { ...emptyFindings, documents: [{ provider_data }], provider_data };
  const verification = deliver([transition('SUCCESS', { findings })])[0]?.after;
  if (!verification) return expect.unreachable('nothing was written');
  // Act
  const item = convertWriteToItem({ ...write, verification }, 1_800_000_000);
  const { inline } = parseVerificationItem(item).verification.findings;
  // Assess
  for (const each of [inline.provider_data, inline.documents[0]?.provider_data])
    expect(JSON.stringify(each)).toBe('{"__proto__":{"a":1},"b":2}');
});

const [write = expect.unreachable('nothing was written')] =
  fc.sample(
    writes.filter(({ length }) => length > 0),
    1,
  )[0] ?? [];
const item = convertWriteToItem(write, 1_800_000_000);

test('an item has only the attributes that DynamoDB itself needs, beside its content', () => {
  const { nextLookupAt } = write.verification;
  const ofIndex = {
    openCase: { S: expect.stringMatching(/^idnow:\d$/) },
    nextLookupAt: { N: String(nextLookupAt) },
  };
  expect(item).toEqual({
    ...(nextLookupAt === null ? {} : ofIndex),
    verificationId: { S: write.verification.verificationId },
    version: { S: write.verification.version },
    expiresAt: { N: '1800000000' },
    content: { B: expect.any(Uint8Array) },
  });
});

test('only the item of an open case is in the index of open cases', () => {
  const attributesOf = (nextLookupAt: number | null) => {
    const of = { ...write, verification: { ...write.verification, nextLookupAt } };
    return Object.keys(convertWriteToItem(of, 1_800_000_000));
  };
  expect(attributesOf(1_795_000_000)).toEqual(expect.arrayContaining(['openCase', 'nextLookupAt']));
  expect(attributesOf(null)).not.toEqual(expect.arrayContaining(['openCase']));
  expect(attributesOf(null)).not.toEqual(expect.arrayContaining(['nextLookupAt']));
});

test('content that names another verification does not change the verification of its item', () => {
  // Prepare
  const forged = {
    ...write,
    verification: { ...write.verification, verificationId: 'idnow:another:case', version: 'another' },
  };
  // Act
  const parsed = parseVerificationItem({ ...item, content: { B: encodeRowContent([forged]) } });
  // Assess
  expect(parsed).toEqual(write);
});

const { version, ...withoutVersion } = item;
test.each([
  ['no version', withoutVersion],
  ['a version that is a number', { ...item, version: { N: version?.S } }],
  ['content that is text', { ...item, content: { S: 'text' } }],
  ['content without a write', { ...item, content: { B: encodeRowContent([]) } }],
  ['content without an outbox', { ...item, content: { B: encodeRowContent([{ ...write, outbox: null }]) } }],
  ['content that is no JSON', { ...item, content: { B: gzipSync('text') } }],
  ['no attributes', {}],
])('an item that this project has not written is refused: it has %s', (_title, given) => {
  expect(() => parseVerificationItem(given)).toThrow();
});
