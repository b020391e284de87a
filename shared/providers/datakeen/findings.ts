import type { Findings, PersonClaims } from '../../contract/identity.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { controlChecks } from './controls.ts';
import { isIdentityDocument } from './document-types.ts';
import { datakeenDocuments } from './documents.ts';
import { holderClaims } from './person.ts';
import type { ReadDocument, ReadResult } from './read-result.ts';

/**
 * Makes the findings of a result.
 *
 * @param approved whether the session is approved: only then the data of its documents is verified
 */
export function datakeenFindings(result: ReadResult, approved: boolean): Findings {
  return {
    claims: approved ? claimsOf(result.documents) : {},
    submitted: {},
    documents: datakeenDocuments(result.documents),
    checks: controlChecks(result),
    provider_data: omitEmpty({
      analysisId: result.analysisId,
      /** Sections and fields of an unexpected type. Only the archived session contains them. */
      unreadable_sections: result.unreadable,
    }),
  };
}

/**
 * Takes each claim from the first identity document that has it. Documents whose controls passed come first: an analyst
 * approved the others against their controls. Documents without controls count only if no document has controls.
 */
function claimsOf(documents: readonly ReadDocument[]): PersonClaims {
  const identities = documents.filter(({ type }) => isIdentityDocument(type));
  const controlled = identities.filter(({ controls }) => controls.size > 0);
  const hasPassed = ({ controls }: ReadDocument) => controls.get('globalStatus')?.value === true;
  const overruled = controlled.filter((each) => !hasPassed(each));
  const inOrder = controlled.length > 0 ? [...controlled.filter(hasPassed), ...overruled] : identities;
  const claims: PersonClaims = {};
  for (const { fields } of inOrder.toReversed()) Object.assign(claims, holderClaims(fields));
  return claims;
}
