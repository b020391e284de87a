import type { IdentField } from './ident.ts';
import type { IdentFieldStatusRule } from './ident-states.ts';
import type { IdnowSamplePerson } from './specimens.ts';

type Fields = Record<string, IdentField>;

/** Creates one field of an ident. Its `status` says how the verified value compares with the submitted value. */
export function makeIdentField(
  marking: IdentFieldStatusRule,
  value: string,
  submitted: string = value,
): IdentField {
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

export function makeIdentFieldsMarkedNew(values: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, makeIdentField('new', value)]),
  );
}

export function makeIdentUserFields(
  marking: IdentFieldStatusRule,
  { person, address, submitted }: IdnowSamplePerson,
) {
  return {
    ...fieldsOf(marking, person, submitted),
    address: fieldsOf(marking, address),
  };
}

function fieldsOf(
  marking: IdentFieldStatusRule,
  values: Readonly<Record<string, string>>,
  submitted: Readonly<Record<string, string>> = {},
): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, makeIdentField(marking, value, submitted[name])]),
  );
}
