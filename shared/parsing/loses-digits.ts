/**
 * Checks whether JavaScript prints a JSON number with other digits than JSON contains: `12345678901234567890` becomes
 * `12345678901234567000`. An integer is compared as a whole. Any other number loses nothing if it only loses zeros at the
 * beginning or the end of its digits. A number that JavaScript itself has written never loses digits.
 *
 * @param source the number as JSON contains it
 * @example losesDigits('0.10000000000000000555') // true
 * @example losesDigits('0.1000000000000000000') // false
 */
export function losesDigits(source: string): boolean {
  const printed = String(Number(source));
  if (printed === source) return false;
  if (/^-?\d+$/.test(source)) return true;
  return listSignificantDigits(source) !== listSignificantDigits(printed);
}

/** Returns the digits from the first to the last that is not zero. `Infinity` and zero have no such digits. */
function listSignificantDigits(number: string): string {
  const digits = number.replace(/e.*/i, '').replace(/\D/g, '');
  // A regular expression for the zeros at the end would need quadratic time.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end).replace(/^0+/, '');
}
