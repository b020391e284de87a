import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DayFirstDateFormat, parseDate } from '../../shared/parsing/date.ts';

describe('parseDate', () => {
  test.each(['2024-02-29', '0099-12-31', '2023-01-01'])('parseDate accepts the ISO 8601 date %s', (date) => {
    expect(parseDate(date)).toBe(date);
    expect(parseDate(` ${date}\n`)).toBe(date);
    expect(parseDate(date, 'DD.MM.YYYY')).toBe(date);
  });

  test.each<[string, DayFirstDateFormat, string]>([
    ['11.07.1984', 'DD.MM.YYYY', '1984-07-11'],
    [' 29.02.2024 ', 'DD.MM.YYYY', '2024-02-29'],
    ['11/07/1984', 'DD/MM/YYYY', '1984-07-11'],
    ['11.07.1984 00:00:00', 'DD.MM.YYYY', '1984-07-11'],
    ['11.07.1984 00:00', 'DD.MM.YYYY', '1984-07-11'],
    ['11/07/1984T00:00:00Z', 'DD/MM/YYYY', '1984-07-11'],
  ])('parseDate reads %j in the format %s as %s', (text, dayFirst, expected) => {
    expect(parseDate(text, dayFirst)).toBe(expected);
  });

  test.each<[string, DayFirstDateFormat | undefined]>([
    ['11.07.1984', undefined],
    ['11.07.1984', 'DD/MM/YYYY'],
    ['11/07/1984', 'DD.MM.YYYY'],
    ['11.07/1984', 'DD.MM.YYYY'],
    ['11.07.1984 22:00:00', 'DD.MM.YYYY'],
    ['11.07.1984 00:00:00', 'DD/MM/YYYY'],
    ['31.02.1984 00:00:00', 'DD.MM.YYYY'],
    ['1.7.1984', 'DD.MM.YYYY'],
  ])('parseDate rejects %j if the only day-first format that the caller allows is %s', (text, dayFirst) => {
    expect(parseDate(text, dayFirst)).toBeNull();
  });

  test.each([
    '1984-07-11T00:00:00',
    '1984-07-11T00:00:00Z',
    '1984-07-11T00:00:00.000Z',
    '1984-07-11t00:00z',
    '1984-07-11T00:00:00+00:00',
    '1984-07-11T00:00:00-00:00',
    '1984-07-11T00:00:00+0200',
    '1984-07-11 00:00:00',
    ' 1984-07-11T00:00:00 ',
  ])('parseDate reads %j as 1984-07-11, because midnight is how many systems write a date', (text) => {
    expect(parseDate(text)).toBe('1984-07-11');
    expect(parseDate(text, 'DD/MM/YYYY')).toBe('1984-07-11');
  });

  test.each([
    '1984-07-11T22:00:00Z',
    '1984-07-11T12:00:00',
    '1984-07-11T02:00:00+02:00',
    '1984-07-11T00:00:01',
    '1984-07-11T00:00:00.001Z',
    '1984-07-11T00:01',
    '1984-07-11T24:00:00',
    '1984-07-11T23:59:59Z',
  ])('parseDate rejects %j, because this time does not say which day is meant', (text) => {
    expect(parseDate(text)).toBeNull();
    expect(parseDate(text, 'DD/MM/YYYY')).toBeNull();
  });

  test.each([
    '1984-07-11T',
    '1984-07-11T00',
    '1984-07-11T00:00:00X',
    '1984-07-11T00:00:00+24:00',
    '1984-07-11T00:00:00+00:60',
    '1984-07-11T00:00:00 CET',
    '1984-02-30T00:00:00Z',
    '11.07.1984 00:00:00',
    'UNLIMITED',
    '2018',
    '02.01.1990',
    `1984-07-11${' '.repeat(100)}`,
  ])('parseDate rejects %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  test('parseDate reads a day with the time of midnight, and with no other time', () => {
    const days = fc.date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') });
    const times = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 86_399 }));
    fc.assert(
      fc.property(days, times, fc.constantFrom('', 'Z', '+00:00'), (date, second, zone) => {
        // Prepare
        const day = date.toISOString().slice(0, 10);
        const time = new Date(second * 1000).toISOString().slice(11, 19);
        // Assess
        expect(parseDate(day)).toBe(day);
        expect(parseDate(`${day}T${time}${zone}`)).toBe(second === 0 ? day : null);
      }),
    );
  });

  test('for any text, parseDate returns null or an existing day', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}(T00:00)?$/), (text) => {
        const date = parseDate(text);
        expect(date === null || new Date(date).toISOString() === `${date}T00:00:00.000Z`).toBe(true);
      }),
    );
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2023-00-10',
    '2023-13-01',
    '2023-1-1',
    '+012023-01-01',
    '',
    ' ',
    null,
    undefined,
  ])('parseDate rejects %j, because the value is no existing date in ISO 8601 format', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  test.each(['30.02.2024', '31.04.2024', '00.01.2024', '01.13.2024'])(
    'parseDate rejects %s, because this day does not exist',
    (text) => {
      expect(parseDate(text, 'DD.MM.YYYY')).toBeNull();
    },
  );
});
