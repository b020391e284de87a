import type { Transition } from '../../../shared/contract/transition.ts';
import { parseCountryCode } from '../../../shared/parsing/country-code.ts';
import { parseDate } from '../../../shared/parsing/date.ts';
import { parseGender } from '../../../shared/parsing/gender.ts';
import { parseInstant } from '../../../shared/parsing/instant.ts';
import { mapIdnowDocumentType } from '../../../shared/providers/idnow/document-types.ts';
import { buildIdnowEventSource } from '../../../shared/providers/idnow/verification-id.ts';

/** A leaf of a JSON value, with the keys that lead to it. */
export interface LeafAt {
  readonly keys: readonly (string | number)[];
  readonly leaf: string | number | boolean;
}

/** Returns all leaves of a JSON value. Null and blank text are no leaves, because they say nothing. */
export function leavesOf(value: unknown, keys: LeafAt['keys'] = []): LeafAt[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      leavesOf(member, [...keys, Array.isArray(value) ? Number(key) : key]),
    );
  }
  const isLeaf = typeof value === 'number' || typeof value === 'boolean';
  if (isLeaf) return [{ keys, leaf: value }];
  return typeof value === 'string' && value.trim() !== '' ? [{ keys, leaf: value }] : [];
}

/** Returns a copy of a JSON value in which the value at the given keys is replaced. */
export function replaceAt(value: unknown, [key, ...rest]: LeafAt['keys'], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replaceAt(value[Number(key)], rest, by));
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return { ...Object(value), [key]: replaceAt(member, rest, by) };
}

/** Writes keys as the path of a leaf, such as `additionaldocuments[0].address.city.value`. */
export const pathOf = (keys: LeafAt['keys']): string =>
  keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');

/**
 * Returns a function that checks whether the event contains a leaf in any of the forms that we publish, or names it as
 * unreadable.
 */
export function makeLeafFinder(transition: Transition): (leaf: LeafAt) => boolean {
  const { fingerprint: _hash, ...published } = transition;
  const { unreadable } = transition.findings.provider_data;
  const named = new Set(Array.isArray(unreadable) ? unreadable : []);
  const found = new Set(leavesOf(published).map(({ leaf }) => comparable(leaf)));
  return ({ keys, leaf }) => named.has(pathOf(keys)) || formsOf(leaf).some((form) => found.has(form));
}

function formsOf(leaf: LeafAt['leaf']): string[] {
  const text = String(leaf);
  const forms = [
    text,
    parseDate(text),
    parseCountryCode(text),
    parseGender(text),
    parseInstant(text),
    mapIdnowDocumentType(text),
    // The event's source contains the company id.
    buildIdnowEventSource({ companyId: text, transactionNumber: '' }),
  ];
  return forms.filter((form) => form !== null).map(comparable);
}

const comparable = (leaf: LeafAt['leaf']) => String(leaf).trim().toLowerCase();
