import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventMessage } from '../../shared/relay/event-message.ts';
import { deduplicationIdOf, messageGroupIdOf } from '../../shared/relay/message-ids.ts';
import { eventOf } from './relay-fixture.ts';

/** What SQS takes: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
const legalForSqs = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

const messageOf = (name: string) =>
  eventMessage(JSON.stringify(eventOf('idnow:c:t', 1, { claims: { family_name: name } })));

describe('the message of an event', () => {
  test('is the CloudEvent, in the group of its verification, with what consumers filter by', () => {
    // Prepare
    const event = eventOf('idnow:democompany:txn-1', 3, {
      phase: 'completed',
      outcome: 'approved',
      finality: 'final',
    });
    const json = JSON.stringify({ ...event, type: 'idv.verification.decided.v1' });

    // Act
    const { MessageBody: body, ...message } = eventMessage(json);

    // Assess
    expect(JSON.parse(body)).toEqual(JSON.parse(json));
    expect(message).toEqual({
      MessageGroupId: 'idnow:democompany:txn-1',
      // printf %s 'idnow:democompany:txn-1#3' | sha256sum
      MessageDeduplicationId: 'd749808d0776f3c2aaa714fb748f2fffb7c202e17a5af8a66ea2f74eb68afe26',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'idv.verification.decided.v1' },
        provider: { DataType: 'String', StringValue: 'idnow' },
        phase: { DataType: 'String', StringValue: 'completed' },
        outcome: { DataType: 'String', StringValue: 'approved' },
      },
    });
  });

  test('has no attribute for an outcome that is not there: SQS refuses empty ones', () => {
    expect(
      Object.keys(eventMessage(JSON.stringify(eventOf('idnow:c:t', 1))).MessageAttributes ?? {}),
    ).toEqual(['type', 'provider', 'phase']);
  });

  test.each([
    ['U+FFFE', 'A\uFFFEB'],
    ['U+FFFF', 'A\uFFFFB'],
    ['both, again and again', '\uFFFE\uFFFF\uFFFE\uFFFF'],
    ['a lone high surrogate', 'A\uD800B'],
    ['a lone low surrogate', 'A\uDC00B'],
    ['a pair of them', 'A\u{1F600}B'],
    ['NUL', 'A\u0000B'],
    ['an escape character', 'A\u001BB'],
    ['a vertical tab', 'A\u000BB'],
    ['DEL and the C1 characters', 'A\u007F\u0085B'],
    ['what looks like an escape', 'A\\uFFFEB \\\uFFFF'],
    ['line separators', 'A\u2028\u2029B'],
  ])('holds %s in characters that SQS takes, and as the same name', (_title, name) => {
    // Act
    const { MessageBody: body } = messageOf(name);

    // Assess
    expect(body).toMatch(legalForSqs);
    expect(JSON.parse(body).data.claims.family_name).toBe(name);
  });

  test('holds any name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (name) => {
          const { MessageBody: body } = messageOf(name);
          return legalForSqs.test(body) && JSON.parse(body).data.claims.family_name === name;
        },
      ),
    );
  });

  test.each([
    ['not JSON', '{'],
    ['no event', '{}'],
    ['an event of an unknown type', JSON.stringify({ ...eventOf('idnow:c:t', 1), type: 'idv.other.v1' })],
  ])('refuses %s', (_title, json) => {
    expect(() => eventMessage(json)).toThrow();
  });
});

describe('the group of a verification', () => {
  const long = `idnow:c:${'t'.repeat(120)}`;

  test.each([
    ['of 128 characters is its id', long, long],
    // printf %s "idnow:c:$(printf 't%.0s' $(seq 121))" | sha256sum
    [
      'of 129 characters is the SHA-256 of its id',
      `${long}t`,
      'd481fdf2195c479cc31488becaac86cc2b125763e387cd33b05cb15c17f40977',
    ],
  ])('%s', (_title, verificationId, group) => {
    expect(messageGroupIdOf(verificationId)).toBe(group);
  });

  test('differs between long ids', () => {
    expect(messageGroupIdOf(`${long}ab`)).not.toBe(messageGroupIdOf(`${long}ac`));
  });

  test('differs from the deduplication id, which differs per event', () => {
    expect(deduplicationIdOf('idnow:c:t#1')).not.toBe(deduplicationIdOf('idnow:c:t#2'));
    expect(deduplicationIdOf('idnow:c:t#1')).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('the message holds what was checked: a key that comes twice or is unknown does not reach consumers', () => {
  // Prepare
  const event = JSON.stringify(eventOf('idnow:c:1', 1));
  const forged = event.replace('{', '{"subject":"id360:1","Subject":"id360:1",');

  // Act
  const { MessageBody: body } = eventMessage(forged);

  // Assess
  expect(body).not.toContain('id360:1');
  expect(JSON.parse(body)).toEqual(JSON.parse(event));
});
