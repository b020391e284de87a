import { extname } from 'node:path';

/**
 * Gives each file of a ZIP a name of its own, so that each file gets its own key in the bucket. A repeated name gets a
 * number: `a.jpg`, `a~2.jpg`. The same names in the same order always give the same result.
 *
 * @param names the names in the ZIP, in the order of the ZIP
 * @returns null instead of a name that leads out of its folder
 */
export function makeDistinctEntryNames(names: readonly string[]): (string | null)[] {
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

/**
 * Makes the name of a file in a ZIP safe as a part of an S3 key. @returns null if the name is an absolute path, or leads
 * to a parent folder
 */
function safeName(name: string): string | null {
  const segments = name.split('/');
  if (/^([A-Za-z]:|\/)/.test(name) || segments.includes('..')) return null;
  const path = segments.filter((segment) => segment !== '' && segment !== '.').join('/');
  // Replace control characters and noncharacters: S3 lists keys as XML, which cannot contain them.
  return path === '' ? null : path.toWellFormed().replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '_');
}

/** Inserts a number before the extension of a file name. @example withNumber('images/a.jpg', 2) // 'images/a~2.jpg' */
function withNumber(name: string, number: number): string {
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)}~${number}${extension}`;
}
