import { getJsonMember } from '../../parsing/member-of.ts';
import { joinFirstNames } from './first-names.ts';
import { addressKeys, contactKeys, documentKeys, identityKeys } from './section-keys.ts';
import { pickTexts, type Texts } from './texts.ts';

const keys = [...identityKeys, ...addressKeys, ...contactKeys] as const;

/** The data of an identity document, which ID360 calls `extra`. */
export type Id360DocumentData = Texts<(typeof documentKeys)[number]>;

/** An identity in a report, with the data of its identity document. */
export interface Id360Identity extends Texts<(typeof keys)[number]> {
  /** All first names; null if the report has none. */
  readonly first_names: string | null;
  readonly extra: Id360DocumentData;
}

/** Reads an identity. A member is absent if it is blank, or has an unexpected type. */
export function readId360Identity(section: unknown): Id360Identity {
  return {
    ...pickTexts(section, keys),
    first_names: joinFirstNames(getJsonMember(section, 'first_names')),
    extra: pickTexts(getJsonMember(section, 'extra'), documentKeys),
  };
}
