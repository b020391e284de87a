import { expect, test } from 'vitest';
import { countSqsMessageBytes, maxSqsMessageBytes } from '../../shared/platform/sqs-size.ts';

test.each([
  { title: 'ASCII', character: 'x', count: 184 * 1024, each: 1 },
  // Each of the following texts has about 180 KB in UTF-8, but needs more bytes with its escapes.
  { title: 'U+FFFF', character: '\uFFFF', count: 60 * 1024, each: 6 },
  { title: 'control characters', character: '\u0001', count: 180 * 1024, each: 6 },
  { title: 'emojis', character: '😀', count: 45 * 1024, each: 12 },
])('the size of a message counts the escapes in its body: $title', ({ character, count, each }) => {
  // Act
  const bytes = countSqsMessageBytes({ MessageBody: JSON.stringify(character.repeat(count)) });

  // Assess
  expect(bytes).toBe('""'.length + count * each);
  expect(bytes > maxSqsMessageBytes).toBe(each > 1);
});

test('the size of a message includes the name, type and value of each attribute, in UTF-8', () => {
  // Prepare
  const MessageAttributes = {
    é: { DataType: 'String', StringValue: '𠮷' },
    raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
  };

  // Act
  const bytes = countSqsMessageBytes({ MessageBody: '{}', MessageAttributes });

  // Assess
  expect(bytes).toBe('{}'.length + 2 + 'String'.length + 4 + 'rawBinary'.length + 3);
});
