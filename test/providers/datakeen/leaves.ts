import * as fc from 'fast-check';

/** A text, number or truth value in a JSON value, with the keys and indexes that lead to it. */
export interface LeafAt {
  readonly path: readonly (string | number)[];
  readonly leaf: string | number | boolean;
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Lists all leaves of a JSON value. Null and blank text say nothing, so they are no leaves. */
export function leavesOf(value: unknown, path: LeafAt['path'] = []): LeafAt[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesOf(entry, [...path, index]));
  if (isContainer(value)) {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  }
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ path, leaf: value }];
  return typeof value === 'number' || typeof value === 'boolean' ? [{ path, leaf: value }] : [];
}

/** Writes a path as `provider_data.unreadable` does: `documents[0].type`. */
export function formatPath(path: LeafAt['path']): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

interface Change {
  readonly replaces: boolean;
  readonly position: number;
  readonly key: string;
  readonly form: 'text' | 'number' | 'boolean' | 'list' | 'object';
}

const change: fc.Arbitrary<Change> = fc.record({
  replaces: fc.boolean(),
  position: fc.nat(),
  key: fc.oneof(
    fc.constantFrom(
      'newIn2027',
      'unreadable',
      'analysisId',
      'webhook',
      'value',
      'confidence',
      '__proto__',
      '[]',
    ),
    fc.string({ minLength: 1, maxLength: 300 }),
  ),
  form: fc.constantFrom('text', 'number', 'boolean', 'list', 'object'),
});

/**
 * Generates copies of a body in which leaves and sections are replaced by other types, and unknown fields and sections are added at any
 * level. Every new text and number occurs once, so that a test finds exactly this leaf.
 */
export function variantsOf(bodies: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .record({ body: fc.constantFrom(...bodies), changes: fc.array(change, { minLength: 1, maxLength: 12 }) })
    .map(({ body, changes }) => {
      const variant: unknown = structuredClone(body);
      for (const [index, each] of changes.entries()) applyChange(variant, each, index);
      return variant;
    });
}

function applyChange(body: unknown, { replaces, position, key, form }: Change, index: number): void {
  const value = makeValue(form, index);
  if (replaces) {
    const places = placesOf(body);
    const place = places[position % places.length];
    if (place !== undefined) define(place.container, place.key, value);
    return;
  }
  const objects = containersOf(body).filter((each) => !Array.isArray(each));
  const target = objects[position % objects.length];
  if (target !== undefined && !Object.hasOwn(target, key)) define(target, key, value);
}

/** Defines an own property, even if its key is `__proto__`, as `JSON.parse` does. */
const define = (container: object, key: string, value: unknown) =>
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });

function makeValue(form: Change['form'], index: number): unknown {
  const number = 4000.25 + index;
  switch (form) {
    case 'text':
      return `leaf-${index}`;
    case 'number':
      return number;
    case 'boolean':
      return index % 2 === 0;
    case 'list':
      return [`leaf-${index}`, { number }];
    case 'object':
      return { deep: { text: `leaf-${index}` }, list: [number] };
  }
}

function containersOf(value: unknown): Record<string, unknown>[] {
  return isContainer(value) ? [value, ...Object.values(value).flatMap(containersOf)] : [];
}

const placesOf = (body: unknown) =>
  containersOf(body).flatMap((container) => Object.keys(container).map((key) => ({ container, key })));
