import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGeneration, generationFormat } from '../../shared/contract/generation.ts';

/** Instants in UTC that a row may be written at. The years have four digits. */
const instant = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

test('a generation is the time of the first write, in seconds', () => {
  expect(formatGeneration('2026-11-22T10:10:00.123Z')).toBe('20261122T101000Z');
  expect(formatGeneration('2026-11-22T10:10:00Z')).toBe('20261122T101000Z');
});

test('each generation has the format that the event contract requires', () => {
  fc.assert(
    fc.property(instant, (at) => {
      expect(formatGeneration(at)).toMatch(generationFormat);
    }),
  );
});

test('generations compare as text: a generation that begins in a later second is greater', () => {
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const [earlier = '', later = ''] = [one, other].toSorted();
      fc.pre(earlier.slice(0, 19) < later.slice(0, 19));
      expect(formatGeneration(earlier) < formatGeneration(later)).toBe(true);
    }),
  );
});

test.each(['', '2026-11-22T10:10:00Z', '20261122T101000.123Z', '20261122T101000Z ', '1'])(
  'the event contract rejects the generation %j',
  (generation) => {
    expect(generationFormat.test(generation)).toBe(false);
  },
);
