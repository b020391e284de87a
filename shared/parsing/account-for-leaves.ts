/** A value in a provider's result that is no object and no list, and that is not empty. */
export type Leaf = string | number | boolean;

/**
 * Checks whether a leaf has a form that we read. `siblings` is the object that contains the leaf, because a member beside a
 * value can say what the value means. In a list, it is empty.
 */
export type LeafPredicate = (leaf: Leaf, siblings: Readonly<Record<string, unknown>>) => boolean;

/** What becomes of a leaf of a provider's result. */
export type LeafRule =
  /** A field of the event contains the leaf, if `isReadable` accepts it. Otherwise the leaf is named as unreadable. */
  | { readonly to: 'field'; readonly isReadable: LeafPredicate }
  /** A field of the event contains the leaf, if `isReadable` accepts it. Otherwise the event's `provider_data` contains it. */
  | { readonly to: 'field_or_provider_data'; readonly isReadable: LeafPredicate }
  /** The event's `provider_data` contains the leaf, under the provider's own names. So it does with unknown leaves. */
  | { readonly to: 'provider_data' }
  /** The event does not contain the leaf. The reason is for readers of the table. */
  | { readonly to: 'omitted'; readonly because: string }
  /** The event does not contain the leaf, if it has the expected form. Otherwise the event's `provider_data` contains it. */
  | { readonly to: 'omitted_or_provider_data'; readonly isExpected: LeafPredicate; readonly because: string };

/**
 * The rules for the leaves of a provider's result, by their paths. `[]` stands for every entry of a list, and `*` for every
 * key of an object. A rule applies to the leaf at its path. `omitted` also applies to everything below.
 *
 * @example { 'userdata.birthday.value': field(isDate), 'identities[].name': field(isText), 'steps.*.results': omitted('…') }
 */
export type LeafTable = Readonly<Record<string, LeafRule>>;

/** The leaves of a result that no field of the event contains. */
export interface LeavesWithoutField {
  /** The leaves for `provider_data`, in the nesting of the result. Entries of lists without such leaves are left out. */
  readonly providerData: Readonly<Record<string, unknown>>;
  /**
   * The paths of the leaves that should be in a field but have an unexpected form, such as `userdata.birthday.value`. After
   * the first 200 paths, a leaf is named by its section instead: the first key of its path.
   */
  readonly unreadable: readonly string[];
}

export const field = (isReadable: LeafPredicate): LeafRule => ({ to: 'field', isReadable });
export const fieldOrProviderData = (isReadable: LeafPredicate): LeafRule => ({
  to: 'field_or_provider_data',
  isReadable,
});
export const inProviderData: LeafRule = { to: 'provider_data' };
export const omitted = (because: string): LeafRule => ({ to: 'omitted', because });
export const omittedOrProviderData = (isExpected: LeafPredicate, because: string): LeafRule => ({
  to: 'omitted_or_provider_data',
  isExpected,
  because,
});

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

/** What a visit of a result needs at each place. */
interface Visit {
  /** The names of the unreadable leaves so far. */
  readonly unreadable: Set<string>;
  readonly isOmittedKey: (key: string) => boolean;
}

/**
 * Compiles a table once.
 *
 * @param isOmittedKey says which members of objects are omitted at any depth, unless the table names their path. Use it for
 * names of secrets, because a provider may send a secret in a place that the table does not know
 * @returns a function that accounts for each leaf of a result
 */
export function compileLeafTable(
  table: LeafTable,
  isOmittedKey: (key: string) => boolean = () => false,
): (result: unknown) => LeavesWithoutField {
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
  const top: Container = { node: root, inherited: null, parent: null, key: '', depth: 0 };
  return (result) => {
    const visiting: Visit = { unreadable: new Set(), isOmittedKey };
    const rest = isObject(result) ? visitMembers(result, top, visiting) : undefined;
    return { providerData: isObject(rest) ? rest : {}, unreadable: [...visiting.unreadable] };
  };
}

/** An object or a list in a result, and the rules for what is in it. */
interface Container {
  /** The rules below this container; null if no rule is about them. */
  readonly node: RuleNode | null;
  /** The rule for everything in this container that has no rule of its own; null if there is none. */
  readonly inherited: LeafRule | null;
  /** The container around this one, and the key or index in it. Paths are made of them only if a leaf is unreadable. */
  readonly parent: Container | null;
  readonly key: string | number;
  /** The number of containers around this one. */
  readonly depth: number;
}

/**
 * Visits a value in a container, and all values below it.
 *
 * @param node the rules for the value and below
 * @param siblings the object that contains the value
 * @returns what goes to `provider_data`; undefined if nothing does
 */
function visit(
  value: unknown,
  node: RuleNode | null,
  siblings: Readonly<Record<string, unknown>>,
  parent: Container,
  key: string | number,
  visiting: Visit,
): unknown {
  const rule = node?.rule ?? parent.inherited;
  if (isLeaf(value)) {
    if (isInProviderData(value, rule, siblings)) return value;
    if (rule?.to === 'field' && !rule.isReadable(value, siblings)) nameUnreadable(parent, key, visiting);
    return undefined;
  }
  const isOmitted = rule?.to === 'omitted';
  // Below an omitted path, only a path with a rule of its own is visited.
  if (isOmitted && (node === null || node.children.size === 0)) return undefined;
  const container = { node, inherited: isOmitted ? rule : null, parent, key, depth: parent.depth + 1 };
  if (container.depth === maxDepth && typeof value === 'object' && value !== null) {
    if (!isOmitted) nameUnreadable(parent, key, visiting);
    return undefined;
  }
  if (Array.isArray(value)) return visitEntries(value, container, visiting);
  return isObject(value) ? visitMembers(value, container, visiting) : undefined;
}

function visitEntries(list: readonly unknown[], container: Container, visiting: Visit): unknown {
  const node = container.node?.children.get(entryKey) ?? null;
  const rest: unknown[] = [];
  for (let index = 0; index < list.length; index++) {
    const kept = visit(list[index], node, noSiblings, container, index, visiting);
    if (kept !== undefined) rest.push(kept);
  }
  return rest.length === 0 ? undefined : rest;
}

function visitMembers(
  siblings: Readonly<Record<string, unknown>>,
  container: Container,
  visiting: Visit,
): unknown {
  const children = container.node?.children;
  const other = children?.get('*') ?? null;
  let rest: Record<string, unknown> | undefined;
  for (const key of Object.keys(siblings)) {
    const named = key === entryKey ? undefined : children?.get(key);
    if (named === undefined && visiting.isOmittedKey(key)) continue;
    const kept = visit(siblings[key], named ?? other, siblings, container, key, visiting);
    if (kept === undefined) continue;
    rest ??= {};
    if (key === '__proto__') Object.defineProperty(rest, key, { value: kept, enumerable: true });
    else rest[key] = kept;
  }
  return rest;
}

function isInProviderData(
  leaf: Leaf,
  rule: LeafRule | null,
  siblings: Readonly<Record<string, unknown>>,
): boolean {
  if (rule === null || rule.to === 'provider_data') return true;
  if (rule.to === 'omitted_or_provider_data') return !rule.isExpected(leaf, siblings);
  return rule.to === 'field_or_provider_data' && !rule.isReadable(leaf, siblings);
}

/**
 * The number of unreadable leaves that are named one by one. A result of 1 MiB can contain 500,000 of them, and their paths
 * would be longer than the result.
 */
const maxPaths = 200;

function nameUnreadable(parent: Container, key: string | number, { unreadable }: Visit): void {
  unreadable.add(unreadable.size < maxPaths ? pathOf(parent, key) : sectionOf(parent, key));
}

/** Returns the first key of the path of a value. */
const sectionOf = (container: Container, key: string | number): string =>
  container.parent === null ? String(key) : sectionOf(container.parent, container.key);

/** Returns the path of a value, such as `documents[1].number`. */
function pathOf(parent: Container, key: string | number): string {
  const above = parent.parent === null ? '' : pathOf(parent.parent, parent.key);
  if (typeof key === 'number') return `${above}[${key}]`;
  return above === '' ? key : `${above}.${key}`;
}

const noSiblings: Readonly<Record<string, unknown>> = {};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Blank text and null say that the provider gives no value. */
const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'string' ? !isBlank(value) : typeof value === 'number' || typeof value === 'boolean';

/** Looks at the first character first, because most texts begin with a letter or a digit, and `trim` takes longer. */
const isBlank = (text: string) =>
  text === '' || ((text.charCodeAt(0) <= 0x20 || text.charCodeAt(0) >= 0xa0) && text.trim() === '');
