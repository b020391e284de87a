import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { Reading } from '../../contract/reading.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import { makeUnknownReading } from '../../parsing/unknown-reading.ts';
import type { EvidenceRule } from './evidence-rule.ts';
import { makeIdentFindings } from './findings.ts';
import { parseIdentificationTime } from './identification-time.ts';
import { extractRawIdents, type RawIdent } from './raw-idents.ts';
import { readIdentSections } from './read-ident.ts';
import { mapIdnowReasonCode } from './reasons.ts';
import { mapIdnowStatus } from './statuses.ts';
import { buildIdnowEventSource, idnowVerificationId, parseIdentIdParts } from './verification-id.ts';

export interface ReadIdentsOptions {
  readonly wantsEvidence: EvidenceRule;
}

/**
 * Reads the body of a webhook, or an answer of GET Ident. Returns one reading for each ident, and at least one reading.
 * Accepts any JSON value, and never throws. Only the nesting is limited (see `receiving/parse-json.ts`).
 *
 * @example readIdents(JSON.parse(body), { wantsEvidence: ({ finality }) => finality === 'final' })
 */
export function readIdents(body: unknown, options: ReadIdentsOptions): Reading[] {
  return extractRawIdents(body).map((raw) =>
    raw === null ? makeUnknownReading('unknown-shape', null) : read(raw, options),
  );
}

function read(raw: RawIdent, { wantsEvidence }: ReadIdentsOptions): Reading {
  const { companyid, transactionnumber, result, identificationtime } = raw.identificationprocess;
  const name = parseIdentIdParts(companyid, transactionnumber);
  if (name === null) return makeUnknownReading('unidentified', null);
  const status = mapIdnowStatus(result);
  if (status === null) return makeUnknownReading('unknown-status', idnowVerificationId(name));
  const time = parseIdentificationTime(identificationtime);
  if (!time.readable) return makeUnknownReading('unreadable-time', idnowVerificationId(name));

  const ident = readIdentSections(raw);
  return {
    kind: 'understood',
    transition: {
      origin: {
        kind: 'statement',
        signals: 'state',
        evidence: wantsEvidence(status.rule) ? 'fetch' : 'none',
      },
      provider: 'idnow',
      verificationId: idnowVerificationId(name),
      source: buildIdnowEventSource(name),
      reference: name.transactionNumber,
      ...pickStateForProviderStatus(status.rule),
      reasons: mapIdnowReasonCode(ident.process.reason),
      providerStatus: status.providerStatus,
      occurredAt: time.instant,
      fingerprint: computeFingerprint(raw),
      findings: makeIdentFindings(ident, status.rule.outcome),
    },
  };
}
