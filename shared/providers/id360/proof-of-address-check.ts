import type { Check, IdentityDocument } from '../../contract/identity.ts';
import type { Outcome } from '../../contract/state.ts';
import { parseProofStatus } from './proof-of-address-status.ts';
import type { Id360ReportSections } from './read-sections.ts';
import { proofOfAddressType } from './report-documents.ts';

/**
 * Makes the check `proof_of_address`: was the address verified by a document? ID360 gives a status for each uploaded
 * document. The check passed if all proofs of address have the status OK, and failed if one has the status KO. A report
 * without these statuses passed the check if it approves the case, because ID360 approves only what passes all of its
 * blocks.
 *
 * @param documents the documents in the findings; the check refers to the first proof of address that shows an address
 * @returns no check if the report has no proof of address
 */
export function listProofOfAddressChecks(
  { proofOfAddressStatuses: statuses }: Pick<Id360ReportSections, 'proofOfAddressStatuses'>,
  documents: readonly IdentityDocument[],
  outcome: Outcome | null,
): Check[] {
  const isProof = ({ type }: IdentityDocument) => type === proofOfAddressType;
  if (statuses.length === 0 && !documents.some(isProof)) return [];
  const document = documents.findIndex((each) => isProof(each) && each.claims?.address !== undefined);
  const providerResult =
    statuses.find((status) => parseProofStatus(status) === false) ??
    statuses.find((status) => parseProofStatus(status) === null) ??
    statuses[0] ??
    null;
  const byOutcome = outcome === 'approved' ? true : null;
  return [
    {
      name: 'proof_of_address',
      passed: providerResult === null ? byOutcome : parseProofStatus(providerResult),
      confidence: null,
      document: document === -1 ? null : document,
      providerResult,
    },
  ];
}
