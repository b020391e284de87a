import type { IdentityDocument, PersonClaims } from '../../contract/identity.ts';
import { parseGender } from '../../parsing/gender.ts';
import { getJsonMember } from '../../parsing/member-of.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { electronicIdentityKeys } from './section-keys.ts';
import { pickTexts, type Texts } from './texts.ts';
import { parseId360Date } from './values.ts';

/** What an electronic identity (L'Identité Numérique) says about the person. */
export type ElectronicIdentity = Texts<(typeof electronicIdentityKeys)[number]>;

/** Reads the payloads of the tokens of `external_methods.id_num`. */
export function readElectronicIdentities(tokens: readonly object[]): ElectronicIdentity[] {
  return tokens.map((token) => pickTexts(getJsonMember(token, 'payload'), electronicIdentityKeys));
}

/** Returns the person of an electronic identity as OpenID claims. */
export function makeElectronicIdentityClaims(identity: ElectronicIdentity): PersonClaims {
  return omitEmptyFields({
    given_name: identity.given_name,
    family_name: identity.family_name,
    gender: parseGender(identity.gender),
    birthdate: parseId360Date(identity.birthdate),
    place_of_birth: omitEmptyFields({ locality: identity.place_of_birth }),
  });
}

/**
 * Returns an electronic identity as a document of the type `id_num`, ID360's name for it. The document states all of the
 * identity, also what the report's `identity` states differently.
 */
export function listElectronicIdentityDocuments(identity: ElectronicIdentity): IdentityDocument[] {
  const content = omitEmptyFields({
    document_number: identity.document_number,
    claims: makeElectronicIdentityClaims(identity),
  });
  return Object.keys(content).length === 0 ? [] : [{ type: 'id_num', ...content }];
}
