import { fingerprint } from '../../contract/canonical-json.ts';
import type { Reading } from '../../contract/reading.ts';
import type { State } from '../../contract/state.ts';
import { unknownReading } from '../../parsing/unknown-reading.ts';
import { findingsOf } from './findings.ts';
import { readIdent } from './ident.ts';
import { occurredAt } from './occurred-at.ts';
import { reasonsOf } from './reasons.ts';
import { type RawIdent, rawIdents } from './shapes.ts';
import { idnowStatusOf } from './statuses.ts';
import { identName, sourceOf, verificationId } from './verification-id.ts';

export interface ReadIdentsOptions {
  /** Whether an ident in this state has evidence that we keep. */
  readonly wantsEvidence: (state: Pick<State, 'finality' | 'outcome'>) => boolean;
}

/**
 * Reads the body of a webhook, or of GET Ident: one reading for each ident in it, and always at least one.
 * It takes any JSON value that is not nested deeper than a stack allows (see `receiving/parse-json.ts`), and
 * never throws.
 *
 * @example readIdents(JSON.parse(body), { wantsEvidence: ({ finality }) => finality === 'final' })
 */
export function readIdents(body: unknown, options: ReadIdentsOptions): Reading[] {
  return rawIdents(body).map((raw) =>
    raw === null ? unknownReading('unknown-shape', null) : read(raw, options),
  );
}

function read(raw: RawIdent, { wantsEvidence }: ReadIdentsOptions): Reading {
  const { companyid, transactionnumber, result, identificationtime } = raw.identificationprocess;
  const name = identName(companyid, transactionnumber);
  if (name === null) return unknownReading('unidentified', null);
  const status = idnowStatusOf(result);
  if (status === null) return unknownReading('unknown-status', verificationId(name));
  const time = occurredAt(identificationtime);
  if (!time.readable) return unknownReading('unreadable-time', verificationId(name));

  const { phase, outcome, finality, flags, rank } = status.rule;
  const ident = readIdent(raw);
  return {
    kind: 'understood',
    transition: {
      origin: {
        kind: 'statement',
        signals: 'state',
        evidence: wantsEvidence({ finality, outcome }) ? 'fetch' : 'none',
      },
      provider: 'idnow',
      verificationId: verificationId(name),
      source: sourceOf(name),
      reference: name.transactionNumber,
      phase,
      outcome,
      finality,
      flags: [...flags],
      reasons: reasonsOf(ident.process.reason),
      providerStatus: status.providerStatus,
      rank,
      occurredAt: time.instant,
      fingerprint: fingerprint(raw),
      findings: findingsOf(ident),
    },
  };
}
