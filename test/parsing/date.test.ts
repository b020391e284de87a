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
  ])('parseDate reads %j in the format %s as %s', (text, dayFirst, expected) => {
    expect(parseDate(text, dayFirst)).toBe(expected);
  });

  test.each<[string, DayFirstDateFormat | undefined]>([
    ['11.07.1984', undefined],
    ['11.07.1984', 'DD/MM/YYYY'],
    ['11/07/1984', 'DD.MM.YYYY'],
    ['11.07/1984', 'DD.MM.YYYY'],
    ['1.7.1984', 'DD.MM.YYYY'],
  ])('parseDate rejects %j if the only day-first format that the caller allows is %s', (text, dayFirst) => {
    expect(parseDate(text, dayFirst)).toBeNull();
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2023-00-10',
    '2023-13-01',
    '2023-1-1',
    '2023-01-01T00:00:00Z',
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
