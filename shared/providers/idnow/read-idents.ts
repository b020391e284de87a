import { fingerprint } from '../../contract/canonical-json.ts';
import type { Reading } from '../../contract/reading.ts';
import type { State } from '../../contract/state.ts';
import { fieldsOfRule } from '../../parsing/provider-status.ts';
import { unknownReading } from '../../parsing/unknown-reading.ts';
import { identFindings } from './findings.ts';
import { parseIdentificationTime } from './identification-time.ts';
import { identsIn, type RawIdent } from './raw-idents.ts';
import { readIdent } from './read-ident.ts';
import { idnowReasons } from './reasons.ts';
import { idnowStatusOf } from './statuses.ts';
import { eventSource, identName, idnowVerificationId } from './verification-id.ts';

export interface ReadIdentsOptions {
  /** Returns true if the evidence of an ident in this state is archived. */
  readonly wantsEvidence: (state: Pick<State, 'finality' | 'outcome'>) => boolean;
}

/**
 * Reads the body of a webhook, or an answer of GET Ident. Returns one reading for each ident, and at least one reading.
 * Accepts any JSON value, and never throws. Only the nesting is limited (see `receiving/parse-json.ts`).
 *
 * @example readIdents(JSON.parse(body), { wantsEvidence: ({ finality }) => finality === 'final' })
 */
export function readIdents(body: unknown, options: ReadIdentsOptions): Reading[] {
  return identsIn(body).map((raw) =>
    raw === null ? unknownReading('unknown-shape', null) : read(raw, options),
  );
}

function read(raw: RawIdent, { wantsEvidence }: ReadIdentsOptions): Reading {
  const { companyid, transactionnumber, result, identificationtime } = raw.identificationprocess;
  const name = identName(companyid, transactionnumber);
  if (name === null) return unknownReading('unidentified', null);
  const status = idnowStatusOf(result);
  if (status === null) return unknownReading('unknown-status', idnowVerificationId(name));
  const time = parseIdentificationTime(identificationtime);
  if (!time.readable) return unknownReading('unreadable-time', idnowVerificationId(name));

  const ident = readIdent(raw);
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
      source: eventSource(name),
      reference: name.transactionNumber,
      ...fieldsOfRule(status.rule),
      reasons: idnowReasons(ident.process.reason),
      providerStatus: status.providerStatus,
      occurredAt: time.instant,
      fingerprint: fingerprint(raw),
      findings: identFindings(ident),
    },
  };
}
