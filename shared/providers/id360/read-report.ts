import * as z from 'zod/mini';
import type { Findings } from '../../contract/identity.ts';
import type { Reason, StateForProviderStatus } from '../../contract/state.ts';
import { parseInstant } from '../../parsing/instant.ts';
import type { MappedProviderStatus } from '../../parsing/provider-status.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { parseClientReference } from './client-reference.ts';
import { type Id360DocumentPage, readDocumentFiles } from './document-files.ts';
import { parseEnrollmentId } from './enrollment-id.ts';
import { readId360ReportSections } from './read-sections.ts';
import { mapId360ReasonCodes, readId360ReasonCodes } from './reasons.ts';
import { makeId360ReportFindings } from './report-findings.ts';
import { buildReportProviderData } from './report-provider-data.ts';
import { mapId360Status } from './statuses.ts';
import { parseText } from './texts.ts';

/** The fields that we read from an ID360 report. */
export interface Id360Report {
  /** The enrollment's id as text; null if the report contains no readable id. */
  readonly id: string | null;
  /** The report's status, together with its rule from our status table; null if the status is unknown. */
  readonly status: MappedProviderStatus<StateForProviderStatus> | null;
  /** The caller's own id, from `client_reference` in the report. */
  readonly reference: string | null;
  /** The report's `finished_time` as an ISO 8601 instant. */
  readonly occurredAt: string | null;
  readonly reasons: Reason[];
  readonly findings: Findings;
  /** Every page of every document in the report. All of them are archived. */
  readonly documents: readonly Id360DocumentPage[];
  /**
   * The names of the files that we cannot fetch, because they have no usable URL. Example:
   * `identity.id_document_image[1]`.
   */
  readonly unreadable: readonly string[];
}

const AnyReport = z.looseObject({ status: z.string() });

/**
 * Reads ID360's report. Every field may have an unexpected type. Each leaf of the report is accounted for by the leaf
 * table, which omits our callback headers and the internal keys of ID360.
 *
 * @throws EvidenceError `unexpected` if the value is not an object with a status
 */
export function readId360Report(raw: unknown): Id360Report {
  const report = AnyReport.safeParse(raw).data;
  if (report === undefined)
    throw new EvidenceError('unexpected', "ID360's report is no object with a status");
  const status = mapId360Status(report.status);
  const sections = readId360ReportSections(report);
  const files = readDocumentFiles(report.documents);
  return {
    id: parseEnrollmentId(report.id),
    status,
    reference: parseClientReference(report.client_reference),
    occurredAt: parseInstant(parseText(report.finished_time)),
    reasons: mapId360ReasonCodes(
      [report.all_status_codes, report.status_codes, report.reason].flatMap(readId360ReasonCodes),
    ),
    findings: makeId360ReportFindings(
      sections,
      buildReportProviderData(raw, sections.cut),
      status?.rule.outcome ?? null,
    ),
    documents: files.pages,
    unreadable: files.unreadable,
  };
}
