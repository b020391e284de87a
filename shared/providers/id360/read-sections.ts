import * as z from 'zod/mini';
import { isObject } from '../../parsing/member-of.ts';
import {
  createUnreadableFieldCollector,
  type ParsedSection,
  readSection,
  readValidListEntries,
} from '../../parsing/read-section.ts';
import { readId360ReasonCodes } from './reasons.ts';
import {
  Id360BankDetails,
  Id360Identity,
  Id360IdentityDocumentFields,
  Id360ProofOfAddress,
  Id360ReportFields,
  Id360StatusCodeEntry,
} from './report-schemas.ts';

/** The data of all sections of a report, as far as it is readable. */
export type Id360ReportSections = ReturnType<typeof readId360ReportSections>;

/** An identity in a report, with the data of its identity document (`extra`). */
export type Id360IdentityWithDocument = ReturnType<typeof readIdentity>['data'];

const Unread = z.looseObject({});

export function readId360ReportSections(raw: Readonly<Record<string, unknown>>) {
  const { unreadable, dataOf } = createUnreadableFieldCollector();
  const extracted = dataOf(readSection(Unread, 'extracted_data', raw.extracted_data));
  const documents = <T>(name: string, read: (name: string, raw: unknown) => ParsedSection<T>): T[] => {
    const path = `extracted_data.${name}`;
    return dataOf(readValidListEntries(Unread, path, asList(extracted[name]))).map((raw) =>
      dataOf(read(path, raw)),
    );
  };

  return {
    report: dataOf(readSection(Id360ReportFields, 'report', raw)),
    identity: dataOf(readIdentity('identity', raw.identity)),
    extractedIdentities: documents('identity', readIdentity),
    proofsOfAddress: documents('proof_of_address', (name, raw) =>
      readSection(Id360ProofOfAddress, name, raw),
    ),
    bankDetails: documents('bank_details', (name, raw) => readSection(Id360BankDetails, name, raw)),
    codes: ['all_status_codes', 'status_codes', 'reason'].flatMap((name) =>
      dataOf(readId360ReasonCodes(name, raw[name])),
    ),
    /** The report's status codes. Each has the place of its check (`where`). */
    statusCodes: dataOf(readValidListEntries(Id360StatusCodeEntry, 'all_status_codes', raw.all_status_codes)),
    unreadable,
  };
}

/** Puts a document that is not in a list into a list, so that it is not lost. ID360's samples contain only lists. */
function asList(raw: unknown): unknown {
  return isObject(raw) ? [raw] : raw;
}

function readIdentity(name: string, raw: unknown) {
  const identity = readSection(Id360Identity, name, raw);
  const extra = readSection(Id360IdentityDocumentFields, `${name}.extra`, identity.data.extra);
  return {
    data: { ...identity.data, extra: extra.data },
    unreadable: [...identity.unreadable, ...extra.unreadable],
  };
}
