import type { IdentField } from './ident.ts';
import type { FieldMarking } from './ident-states.ts';
import type { IdnowSpecimen } from './specimens.ts';

type Fields = Record<string, IdentField>;

/** Creates one field of an ident. Its `status` says how the verified value compares with the submitted value. */
export function identField(marking: FieldMarking, value: string, submitted: string = value): IdentField {
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

export function newIdentFields(values: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, identField('new', value)]));
}

export function identUserFields(marking: FieldMarking, { person, address, submitted }: IdnowSpecimen) {
  return {
    ...fieldsOf(marking, person, submitted),
    address: fieldsOf(marking, address),
  };
}

function fieldsOf(
  marking: FieldMarking,
  values: Readonly<Record<string, string>>,
  submitted: Readonly<Record<string, string>> = {},
): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, identField(marking, value, submitted[name])]),
  );
}
