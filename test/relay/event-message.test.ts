import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildEventMessage } from '../../shared/relay/event-message.ts';
import { buildDeduplicationId, buildMessageGroupId } from '../../shared/relay/message-ids.ts';
import { eventOf } from './relay-fixture.ts';

/** The characters that SQS accepts: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
const legalForSqs = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

const messageOf = (name: string) =>
  buildEventMessage(eventOf('idnow:c:t', 1, { claims: { family_name: name } }));

describe('eventMessage', () => {
  test('the message of an event has the CloudEvent as body, the group of its verification, and attributes to filter by', () => {
    // Prepare
    const state = { phase: 'completed', outcome: 'approved', finality: 'final' } as const;
    const event = {
      ...eventOf('idnow:democompany:txn-1', 3, state),
      type: 'idv.verification.decided.v1',
    } as const;

    // Act
    const { MessageBody: body, ...message } = buildEventMessage(event);

    // Assess
    expect(JSON.parse(body)).toEqual(event);
    expect(message).toEqual({
      MessageGroupId: 'idnow:democompany:txn-1',
      // Computed with: printf %s 'idnow:democompany:txn-1#20261122T100000Z.3' | sha256sum
      MessageDeduplicationId: '5a967ebbbf0a99ba94d2de0aa0592e955450d51946d6a124cc45886977c7ada4',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'idv.verification.decided.v1' },
        provider: { DataType: 'String', StringValue: 'idnow' },
        phase: { DataType: 'String', StringValue: 'completed' },
        outcome: { DataType: 'String', StringValue: 'approved' },
      },
    });
  });

  test('the message of an event without an outcome has no outcome attribute, because SQS refuses empty values', () => {
    expect(Object.keys(buildEventMessage(eventOf('idnow:c:t', 1)).MessageAttributes ?? {})).toEqual([
      'type',
      'provider',
      'phase',
    ]);
  });

  test.each([
    ['U+FFFE', 'A\uFFFEB'],
    ['U+FFFF', 'A\uFFFFB'],
    ['several U+FFFE and U+FFFF', '\uFFFE\uFFFF\uFFFE\uFFFF'],
    ['a lone high surrogate', 'A\uD800B'],
    ['a lone low surrogate', 'A\uDC00B'],
    ['a surrogate pair', 'A\u{1F600}B'],
    ['NUL', 'A\u0000B'],
    ['an escape character', 'A\u001BB'],
    ['a vertical tab', 'A\u000BB'],
    ['DEL and the C1 characters', 'A\u007F\u0085B'],
    ['text that looks like an escape', 'A\\uFFFEB \\\uFFFF'],
    ['line separators', 'A\u2028\u2029B'],
  ])(
    'the message of an event has only characters that SQS accepts, and keeps a name with %s',
    (_title, name) => {
      // Act
      const { MessageBody: body } = messageOf(name);

      // Assess
      expect(body).toMatch(legalForSqs);
      expect(JSON.parse(body).data.claims.family_name).toBe(name);
    },
  );

  test('the message of an event has only characters that SQS accepts, and keeps any name of a person unchanged', () => {
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
});

describe('messageGroupIdOf and deduplicationIdOf', () => {
  const long = `idnow:c:${'t'.repeat(120)}`;

  test.each([
    ['of an id with 128 characters is the id', long, long],
    // Computed with: printf %s "idnow:c:$(printf 't%.0s' $(seq 121))" | sha256sum
    [
      'of an id with 129 characters is its SHA-256',
      `${long}t`,
      'd481fdf2195c479cc31488becaac86cc2b125763e387cd33b05cb15c17f40977',
    ],
  ])('a message group has at most 128 characters: the group %s', (_title, verificationId, group) => {
    expect(buildMessageGroupId(verificationId)).toBe(group);
  });

  test('different long ids have different message groups', () => {
    expect(buildMessageGroupId(`${long}ab`)).not.toBe(buildMessageGroupId(`${long}ac`));
  });

  test('each event has its own deduplication id, a SHA-256', () => {
    expect(buildDeduplicationId('idnow:c:t#20261122T100000Z.1')).not.toBe(
      buildDeduplicationId('idnow:c:t#20261122T100000Z.2'),
    );
    expect(buildDeduplicationId('idnow:c:t#20261122T100000Z.1')).toMatch(/^[0-9a-f]{64}$/);
  });
});
