import * as z from 'zod';
import { isObject } from '../../parsing/member-of.ts';
import { readList, readSection, type Section, sectionCollector } from '../../parsing/read-section.ts';
import { readCodes } from './reasons.ts';
import { BankDetails, Extra, Identity, ProofOfAddress, Report, StatusCode } from './report-schemas.ts';

/** The data of all sections of a report, as far as it is readable. */
export type Sections = ReturnType<typeof readSections>;

/** An identity in a report, with the data of its identity document (`extra`). */
export type IdentityWithDocument = ReturnType<typeof readIdentity>['data'];

const Unread = z.looseObject({});

export function readSections(raw: Readonly<Record<string, unknown>>) {
  const { unreadable, dataOf } = sectionCollector();
  const extracted = dataOf(readSection(Unread, 'extracted_data', raw.extracted_data));
  const documents = <T>(name: string, read: (name: string, raw: unknown) => Section<T>): T[] => {
    const path = `extracted_data.${name}`;
    return dataOf(readList(Unread, path, asList(extracted[name]))).map((raw) => dataOf(read(path, raw)));
  };

  return {
    report: dataOf(readSection(Report, 'report', raw)),
    identity: dataOf(readIdentity('identity', raw.identity)),
    extractedIdentities: documents('identity', readIdentity),
    proofsOfAddress: documents('proof_of_address', (name, raw) => readSection(ProofOfAddress, name, raw)),
    bankDetails: documents('bank_details', (name, raw) => readSection(BankDetails, name, raw)),
    codes: ['all_status_codes', 'status_codes', 'reason'].flatMap((name) =>
      dataOf(readCodes(name, raw[name])),
    ),
    /** The report's status codes. Each has the place of its check (`where`). */
    statusCodes: dataOf(readList(StatusCode, 'all_status_codes', raw.all_status_codes)),
    unreadable,
  };
}

/** Puts a single document into a list, so that it is not lost. In ID360's samples, documents are always in a list. */
function asList(raw: unknown): unknown {
  return isObject(raw) ? [raw] : raw;
}

function readIdentity(name: string, raw: unknown) {
  const identity = readSection(Identity, name, raw);
  const extra = readSection(Extra, `${name}.extra`, identity.data.extra);
  return {
    data: { ...identity.data, extra: extra.data },
    unreadable: [...identity.unreadable, ...extra.unreadable],
  };
}
