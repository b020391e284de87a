import { concludeFindings } from '../../contract/conclude-findings.ts';
import type { Findings, PersonClaims } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { mergeClaims } from '../../parsing/merge-claims.ts';
import { accountForResult } from './account-for-result.ts';
import { convertControlsToChecks } from './controls.ts';
import { isIdentityDocument } from './document-types.ts';
import { convertDatakeenDocument } from './documents.ts';
import { makeDocumentHolderClaims } from './person.ts';
import { makeDatakeenProviderData } from './provider-data.ts';
import type { DatakeenDocument } from './read-documents.ts';
import type { DatakeenResult } from './read-result.ts';
import { hasPassed } from './verdict.ts';

/**
 * Makes the findings of a Datakeen result.
 *
 * @param outcome the outcome of the session by this result; null if the result decides nothing
 */
export function makeDatakeenFindings(result: DatakeenResult, outcome: Outcome | null): Findings {
  const leaves = accountForResult(result);
  const findings: Findings = {
    claims: claimsOf(result.documents),
    extracted: {},
    submitted: {},
    // Every document has an entry, even an empty document, because checks refer to a document by its position.
    documents: result.documents.map((document, index) =>
      convertDatakeenDocument(document, leaves.documents[index] ?? {}),
    ),
    checks: convertControlsToChecks(result),
    provider_data: makeDatakeenProviderData(
      { analysisId: result.analysisId },
      leaves.answer,
      leaves.unreadable,
    ),
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
  const overruled = controlled.filter((each) => !hasPassed(each));
  const inOrder = controlled.length > 0 ? [...controlled.filter(hasPassed), ...overruled] : identities;
  return mergeClaims(inOrder.map(({ fields }) => makeDocumentHolderClaims(fields)));
}
