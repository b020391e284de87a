import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../shared/parsing/instant.ts';

describe('parseInstant', () => {
  test.each([
    ['2026-11-22T10:14:58Z', '2026-11-22T10:14:58Z'],
    [' 2026-11-22T10:14:58Z\n', '2026-11-22T10:14:58Z'],
    ['2026-11-22T10:14:58.000Z', '2026-11-22T10:14:58Z'],
    ['2026-11-22T10:14:58.5Z', '2026-11-22T10:14:58.500Z'],
    ['2026-11-22T10:14:58,123999Z', '2026-11-22T10:14:58.123Z'],
    ['2026-11-22t10:14:58z', '2026-11-22T10:14:58Z'],
    ['2026-11-22T10:14', '2026-11-22T10:14:00Z'],
    ['2019-06-06T09:34:10', '2019-06-06T09:34:10Z'],
    ['2019-06-06T09:34:10+02:00', '2019-06-06T07:34:10Z'],
    ['2019-06-06T09:34:10-0930', '2019-06-06T19:04:10Z'],
    ['2019-12-31T23:30:00-01', '2020-01-01T00:30:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  ])('parseInstant reads the time %j as %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  test.each([
    null,
    undefined,
    '',
    '2026-11-22',
    '2026-11-22 10:14:58Z',
    '2026-11-22T10:14:58Z x',
    '2026-11-22T10Z',
    '20261122T101458Z',
    '2026-13-01T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T10:60:00Z',
    '2026-11-22T10:14:60Z',
    '2026-11-22T10:14:58+24:00',
    '2026-11-22T10:14:58+02:60',
    '2026-11-22T10:14:58 CET',
    '12026-11-22T10:14:58Z',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
  ])(
    'parseInstant rejects %j, because the value is no ISO 8601 date with a time, or the time does not exist',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );

  test('parseInstant reads back every text that formatInstant writes', () => {
    const dates = fc.date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') });
    fc.assert(fc.property(dates, (date) => parseInstant(formatInstant(date)) === formatInstant(date)));
  });

  test('instants without a fraction of a second have the same order, whether sorted as texts or as times', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => new Date(s * 1000));
    fc.assert(fc.property(seconds, seconds, (a, b) => a < b === formatInstant(a) < formatInstant(b)));
  });
});
