import type { Field } from './ident.ts';
import type { Marking } from './ident-states.ts';
import type { Specimen } from './specimens.ts';

type Fields = Record<string, Field>;

/** One value as the provider marks it. */
export function field(marking: Marking, value: string, submitted: string = value): Field {
  switch (marking) {
    case 'original':
      return { status: 'ORIGINAL', original: submitted };
    case 'new':
      return { status: 'NEW', value };
    case 'match':
      return { status: 'MATCH', value };
    case 'compare':
      return value === submitted
        ? { status: 'MATCH', value }
        : { status: 'CHANGE', value, original: submitted };
  }
}

export function newFields(values: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, field('new', value)]));
}

export function userFields(marking: Marking, { person, address, submitted }: Specimen) {
  return {
    ...fieldsOf(marking, person, submitted),
    address: fieldsOf(marking, address),
  };
}

function fieldsOf(
  marking: Marking,
  values: Readonly<Record<string, string>>,
  submitted: Readonly<Record<string, string>> = {},
): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, field(marking, value, submitted[name])]),
  );
}
