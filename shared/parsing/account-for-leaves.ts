/** A value in a provider's result that is no object and no list, and that is not empty. */
export type Leaf = string | number | boolean;

/** What becomes of a leaf of a provider's result. */
export type LeafRule =
  /** A field of the event contains the leaf, if `isReadable` accepts it. Otherwise the leaf is named as unreadable. */
  | { readonly to: 'field'; readonly isReadable: (leaf: Leaf) => boolean }
  /** The event's `provider_data` contains the leaf, under the provider's own names. So it does with unknown leaves. */
  | { readonly to: 'provider_data' }
  /** The event does not contain the leaf. The reason is for readers of the table. */
  | { readonly to: 'omitted'; readonly because: string };

/**
 * The rules for the leaves of a provider's result, by their paths. `[]` stands for every entry of a list, and `*` for every
 * key of an object. A rule is about the leaf at its path. Only `omitted` is about everything below its path, too.
 *
 * @example { 'userdata.birthday.value': field(isDate), 'identities[].name': field(isText), 'steps.*.results': omitted('…') }
 */
export type LeafTable = Readonly<Record<string, LeafRule>>;

/** The leaves of a result that no field of the event contains. */
export interface LeavesWithoutField {
  /** The leaves for `provider_data`, in the nesting of the result. Entries of lists without such leaves are left out. */
  readonly providerData: Readonly<Record<string, unknown>>;
  /** The paths of the leaves that should be in a field but have an unexpected form, such as `userdata.birthday.value`. */
  readonly unreadable: readonly string[];
}

export const field = (isReadable: (leaf: Leaf) => boolean): LeafRule => ({ to: 'field', isReadable });
export const inProviderData: LeafRule = { to: 'provider_data' };
export const omitted = (because: string): LeafRule => ({ to: 'omitted', because });

interface RuleNode {
  rule: LeafRule | null;
  readonly children: Map<string, RuleNode>;
}

/** The key of a list's entries in the tree of rules. A key of an object that looks the same has no rule. */
const entryKey = '[]';

/**
 * The depth to which a result is visited: about ten times the depth of a real one. What is deeper is named as unreadable,
 * because functions that visit nested values, such as `JSON.stringify`, fail at some thousand levels.
 */
const maxDepth = 100;

/** Compiles a table once. @returns a function that accounts for each leaf of a result */
export function compileLeafTable(table: LeafTable): (result: unknown) => LeavesWithoutField {
  const root: RuleNode = { rule: null, children: new Map() };
  for (const [path, rule] of Object.entries(table)) {
    let node = root;
    for (const key of path.replaceAll(entryKey, `.${entryKey}`).split('.')) {
      const child = node.children.get(key) ?? { rule: null, children: new Map() };
      node.children.set(key, child);
      node = child;
    }
    node.rule = rule;
  }
  return (result) => {
    const unreadable: string[] = [];
    const rest = visit(result, root, null, '', unreadable, 0);
    return { providerData: isObject(rest) ? rest : {}, unreadable };
  };
}

/**
 * Visits a value and all values below it.
 *
 * @param inherited the rule at the path above the value
 * @returns what goes to `provider_data`; undefined if nothing does
 */
function visit(
  value: unknown,
  node: RuleNode | null,
  inherited: LeafRule | null,
  path: string,
  unreadable: string[],
  depth: number,
): unknown {
  const rule = node?.rule ?? (inherited?.to === 'omitted' ? inherited : null);
  if (depth === maxDepth && typeof value === 'object' && value !== null) {
    if (rule?.to !== 'omitted') unreadable.push(path);
    return undefined;
  }
  if (Array.isArray(value)) {
    const child = node?.children.get(entryKey) ?? null;
    const rest = value.map((entry, index) =>
      visit(entry, child, rule, `${path}[${index}]`, unreadable, depth + 1),
    );
    const kept = rest.filter((each) => each !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (isObject(value)) {
    const rest = Object.entries(value).flatMap(([key, member]) => {
      const named = key === entryKey ? undefined : node?.children.get(key);
      const child = named ?? node?.children.get('*') ?? null;
      const kept = visit(member, child, rule, path === '' ? key : `${path}.${key}`, unreadable, depth + 1);
      return kept === undefined ? [] : [[key, kept] as const];
    });
    return rest.length === 0 ? undefined : Object.fromEntries(rest);
  }
  return isLeaf(value) ? accountFor(value, rule, path, unreadable) : undefined;
}

function accountFor(leaf: Leaf, rule: LeafRule | null, path: string, unreadable: string[]): unknown {
  switch (rule?.to) {
    case 'field':
      if (!rule.isReadable(leaf)) unreadable.push(path);
      return undefined;
    case 'omitted':
      return undefined;
    case 'provider_data':
    case undefined:
      return leaf;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Blank text and null say that the provider gives no value. */
const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.trim() !== '');
