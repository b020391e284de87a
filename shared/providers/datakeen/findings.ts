import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Findings, PersonClaims } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { convertControlsToChecks } from './controls.ts';
import { isIdentityDocument } from './document-types.ts';
import { convertDatakeenDocuments } from './documents.ts';
import { makeDocumentHolderClaims } from './person.ts';
import type { DatakeenDocument, DatakeenResult } from './read-result.ts';

/**
 * Makes the findings of a Datakeen result.
 *
 * @param outcome the outcome of the session by this result; null if the result decides nothing
 */
export function makeDatakeenFindings(result: DatakeenResult, outcome: Outcome | null): Findings {
  const findings: Findings = {
    claims: claimsOf(result.documents),
    extracted: {},
    submitted: {},
    documents: convertDatakeenDocuments(result.documents),
    checks: convertControlsToChecks(result),
    provider_data: omitEmptyFields({
      analysisId: result.analysisId,
      /**
       * The names of the sections and fields that have an unexpected type. Their values are only in the archived
       * `session.json`.
       */
      unreadable_sections: result.unreadable,
    }),
  };
  return concludeFindings(findings, outcome);
}

/**
 * Takes each claim from the first identity document that contains the claim. The documents have this order:
 *
 * - Documents whose controls passed come first.
 * - Then come documents whose controls did not pass. They count because an analyst approved the Datakeen session
 *   nevertheless.
 * - Documents without controls count only if no identity document has controls.
 */
function claimsOf(documents: readonly DatakeenDocument[]): PersonClaims {
  const identities = documents.filter(({ type }) => isIdentityDocument(type));
  const controlled = identities.filter(({ controls }) => controls.size > 0);
  const hasPassed = ({ controls }: DatakeenDocument) => controls.get('globalStatus')?.value === true;
  const overruled = controlled.filter((each) => !hasPassed(each));
  const inOrder = controlled.length > 0 ? [...controlled.filter(hasPassed), ...overruled] : identities;
  const claims: PersonClaims = {};
  for (const { fields } of inOrder.toReversed()) Object.assign(claims, makeDocumentHolderClaims(fields));
  return claims;
}
