import type { Findings, IdentityDocument } from '../../contract/identity.ts';
import { emptyFindings } from '../../contract/identity.ts';
import {
  compileLeafTable,
  field,
  inProviderData,
  type Leaf,
  omitted,
} from '../../parsing/account-for-leaves.ts';
import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { buildProviderData } from '../../parsing/provider-data.ts';
import { limitPaths, maxEntriesPerSection } from '../../parsing/read-section.ts';

/** The result of a ShootID transaction, as far as ShootID's documentation names its members. */
export interface ShootIdResult {
  /** The id of the transaction; null if the result does not name it. */
  readonly transactionId: string | null;
  /** True if a document has another status than `READY_TO_BE_SCANNED`, so the user has submitted something. */
  readonly isSubmitted: boolean;
  readonly findings: Findings;
}

const isText = (leaf: Leaf) => typeof leaf === 'string';

const accountForResult = compileLeafTable({
  transactionId: field(isText),
  qrCode: omitted('the QR code with which the user continues on a phone'),
  documents: omitted('each document is accounted for on its own'),
});

/**
 * The leaves of a document. The documentation does not name the members of the MRZ and OCR details, so that they keep
 * their names in `provider_data`.
 */
const accountForDocument = compileLeafTable({
  declaredType: field(isText),
  documentId: inProviderData,
  status: inProviderData,
});

/**
 * Reads the answer to `GET /result`. A document is what somebody has photographed: ShootID reads it, but decides nothing
 * about the person. So the result has no claims.
 */
export function readShootIdResult(json: unknown): ShootIdResult {
  const { providerData, unreadable } = accountForResult(json);
  const given = getJsonMember(json, 'documents');
  const documents = Array.isArray(given) ? given : [];
  const read = documents
    .slice(0, maxEntriesPerSection)
    .map((document, index) => readDocument(document, index));
  const transactionId = getJsonMember(json, 'transactionId');
  return {
    transactionId: typeof transactionId === 'string' ? transactionId : null,
    isSubmitted: documents.some(hasBeenScanned),
    findings: {
      ...emptyFindings,
      documents: read.map(({ document }) => document),
      provider_data: buildProviderData({
        providerData,
        unreadable: limitPaths([
          ...unreadable,
          ...(hasUnreadableDocuments(given) ? ['documents'] : []),
          ...read.flatMap((each) => each.unreadable),
        ]),
      }),
    },
  };
}

interface ReadDocument {
  readonly document: IdentityDocument;
  readonly unreadable: readonly string[];
}

function readDocument(json: unknown, index: number): ReadDocument {
  const { providerData, unreadable } = accountForDocument(json);
  const type = getJsonMember(json, 'declaredType');
  const isUnreadable = !isObject(json) && json !== null;
  return {
    document: omitEmptyFields({
      // The caller has declared the type. ShootID's names (IDENTITY, RIB …) have no common names.
      type: typeof type === 'string' && type.trim() !== '' ? type.trim().toLowerCase() : null,
      provider_data: providerData,
    }),
    unreadable: isUnreadable
      ? [`documents[${index}]`]
      : unreadable.map((path) => `documents[${index}].${path}`),
  };
}

/** True if `documents` says something that is no list, or if the list has more entries than an event can have. */
function hasUnreadableDocuments(documents: unknown): boolean {
  if (Array.isArray(documents)) return documents.length > maxEntriesPerSection;
  return documents !== undefined && documents !== null;
}

function hasBeenScanned(document: unknown): boolean {
  const status = getJsonMember(document, 'status');
  return typeof status === 'string' && status.toUpperCase() !== 'READY_TO_BE_SCANNED';
}
