import { expect, test } from 'vitest';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { readPauseFactor } from '../../shared/platform/pause-factor.ts';

test.each([
  [undefined, 1],
  ['1', 1],
  ['0.05', 0.05],
])('PAUSE_FACTOR=%s gives the pause factor %d', (PAUSE_FACTOR, factor) => {
  expect(readPauseFactor({ PAUSE_FACTOR })).toBe(factor);
});

test.each(['0', '-1', '1.5', 'short', ''])('PAUSE_FACTOR=%s throws a ConfigurationError', (PAUSE_FACTOR) => {
  expect(() => readPauseFactor({ PAUSE_FACTOR })).toThrow(ConfigurationError);
});
