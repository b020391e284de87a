import type { Findings, PersonClaims } from '../../contract/identity.ts';
import { present } from '../present.ts';
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

/** Each from the first identity document that has it; one that an analyst has overruled comes last. */
function claimsOf(documents: readonly ReadDocument[]): PersonClaims {
  const identities = documents.filter(({ type }) => isIdentityDocument(type));
  const hasPassed = ({ controls }: ReadDocument) => controls.get('globalStatus')?.value === true;
  const inOrder = [...identities.filter(hasPassed), ...identities.filter((each) => !hasPassed(each))];
  const claims: PersonClaims = {};
  for (const { fields } of inOrder.reverse()) Object.assign(claims, personOf(fields));
  return claims;
}
