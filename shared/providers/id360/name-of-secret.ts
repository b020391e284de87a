/**
 * The ends of the names of members that hold a secret. ID360's reports repeat our callback headers and contain keys of
 * internal services. ID360 may move both to places that our leaf table does not know.
 */
const ends = [
  'token',
  'jwt',
  'secret',
  'password',
  'authorization',
  'credential',
  'credentials',
  'cookie',
  'header',
  'headers',
  'key',
  'callbackurl',
  'callbackendpoints',
];

/** Only the end of a name matters. No end in the list is longer, also if it is written with separators. */
const longestEnd = 24;

/** The answers for the first names, because all reports have the same names, and reading one asks for 60 of them. */
const known = new Map<string, boolean>();
const maxKnown = 1000;

/**
 * Checks whether the name of a member says that it holds a secret, in any spelling.
 *
 * @example isNameOfSecret('X-Api-Key') // true
 */
export function isNameOfSecret(name: string): boolean {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const end = name
    .slice(-longestEnd)
    .toLowerCase()
    .replace(/[-_ .]/g, '');
  const answer = ends.some((each) => end.endsWith(each));
  if (known.size < maxKnown && name.length <= longestEnd) known.set(name, answer);
  return answer;
}
