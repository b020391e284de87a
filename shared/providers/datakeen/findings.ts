import type { Findings, PersonClaims } from '../../contract/identity.ts';
import { present } from '../../parsing/present.ts';
import { checksOf } from './controls.ts';
import { isIdentityDocument } from './document-types.ts';
import { documentsOf } from './documents.ts';
import { personOf } from './person.ts';
import type { ReadDocument, ReadResult } from './read-result.ts';

/** @param approved whether the session is: only then is what was read from its documents verified */
export function findingsOf(result: ReadResult, approved: boolean): Findings {
  return {
    claims: approved ? claimsOf(result.documents) : {},
    submitted: {},
    documents: documentsOf(result.documents),
    checks: checksOf(result),
    provider_data: present({
      analysisId: result.analysisId,
      /** Sections and fields that were not of the expected type; they are in the archived session only. */
      unreadable_sections: result.unreadable,
    }),
  };
}

/**
 * Each from the first identity document that has it; one that an analyst has overruled comes last. One that nobody
 * has controlled tells nothing beside others.
 */
function claimsOf(documents: readonly ReadDocument[]): PersonClaims {
  const identities = documents.filter(({ type }) => isIdentityDocument(type));
  const controlled = identities.filter(({ controls }) => controls.size > 0);
  const hasPassed = ({ controls }: ReadDocument) => controls.get('globalStatus')?.value === true;
  const failed = controlled.filter((each) => !hasPassed(each));
  const inOrder = controlled.length > 0 ? [...controlled.filter(hasPassed), ...failed] : identities;
  const claims: PersonClaims = {};
  for (const { fields } of inOrder.toReversed()) Object.assign(claims, personOf(fields));
  return claims;
}
