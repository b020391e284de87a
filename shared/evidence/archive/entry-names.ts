import { extname } from 'node:path';

/**
 * Names for the files of a ZIP, each of which is a key of its own in the bucket. A name that comes again gets a number:
 * `a.jpg`, `a~2.jpg`. The same names in the same order always give the same keys.
 *
 * @param names as the ZIP has them, in its order
 * @returns null in place of a name that leads out of its folder
 */
export function entryNames(names: readonly string[]): (string | null)[] {
  const safe = names.map(safeName);
  const reserved = new Set(safe);
  const taken = new Set<string>();
  return safe.map((name) => {
    if (name === null) return null;
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) {
      const numbered = withNumber(name, number);
      if (!reserved.has(numbered)) distinct = numbered;
    }
    taken.add(distinct);
    return distinct;
  });
}

/** Null where it is absolute, or leads up. */
function safeName(name: string): string | null {
  const segments = name.split('/');
  if (/^([A-Za-z]:|\/)/.test(name) || segments.includes('..')) return null;
  const path = segments.filter((segment) => segment !== '' && segment !== '.').join('/');
  // Control characters and noncharacters are no part of a key that XML listings can show.
  return path === '' ? null : path.toWellFormed().replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '_');
}

/** @example withNumber('images/a.jpg', 2) // 'images/a~2.jpg' */
function withNumber(name: string, number: number): string {
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}~${number}${ending}`;
}
