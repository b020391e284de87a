import * as z from 'zod';
import type { Findings } from '../../contract/identity.ts';
import type { Reason, StatusRule } from '../../contract/state.ts';
import { parseInstant } from '../../parsing/instant.ts';
import type { MappedStatus } from '../../parsing/provider-status.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { type DocumentPage, readDocumentFiles } from './document-files.ts';
import { enrollmentId } from './enrollment-id.ts';
import { reasonsOf } from './reasons.ts';
import { clientReference } from './reference.ts';
import { findingsOf } from './report-findings.ts';
import { readSections } from './sections.ts';
import { id360StatusOf } from './statuses.ts';

/** What a report says, picked field by field. */
export interface ReadReport {
  /** The enrollment's id, as text; null where the report does not name it. */
  readonly id: string | null;
  /** Null where ID360's word is one that we do not know. */
  readonly status: MappedStatus<StatusRule> | null;
  /** `client_reference`: the caller's own id. */
  readonly reference: string | null;
  /** `finished_time`; ISO 8601 instant. */
  readonly occurredAt: string | null;
  readonly reasons: Reason[];
  readonly findings: Findings;
  /** Every page of every document, for the archive. */
  readonly documents: readonly DocumentPage[];
  /** Files that the report lists in a form that cannot be fetched: `identity.id_document_image[1]`. */
  readonly unreadable: readonly string[];
}

const AnyReport = z.looseObject({ status: z.string() });

/**
 * Reads ID360's report. Nothing in it is trusted to have the expected type, and nothing but known fields is
 * taken: it echoes our callback headers, and its steps hold internal keys.
 *
 * @throws EvidenceError `unexpected`, where it is no report: not an object, or without a status
 */
export function readReport(raw: unknown): ReadReport {
  const report = AnyReport.safeParse(raw).data;
  if (report === undefined)
    throw new EvidenceError('unexpected', "ID360's report is no object with a status");
  const status = id360StatusOf(report.status);
  const sections = readSections(report);
  const files = readDocumentFiles(report.documents);
  return {
    id: enrollmentId(report.id),
    status,
    reference: clientReference(report.client_reference),
    occurredAt: parseInstant(sections.report.finished_time),
    reasons: reasonsOf(sections.codes),
    findings: findingsOf(sections, status?.rule.outcome === 'approved'),
    documents: files.pages,
    unreadable: files.unreadable,
  };
}
