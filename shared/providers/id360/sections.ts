import * as z from 'zod';
import { readList, readSection, type Section, sectionCollector } from '../../parsing/read-section.ts';
import { readCodes } from './reasons.ts';
import { BankDetails, Extra, Identity, ProofOfAddress, Report, StatusCode } from './report-sections.ts';

/** A report's sections, as far as they can be read. */
export type Sections = ReturnType<typeof readSections>;

/** An identity with what is on its document. */
export type IdentityWithDocument = ReturnType<typeof readIdentity>['data'];

const Unread = z.looseObject({});

export function readSections(raw: Readonly<Record<string, unknown>>) {
  const { unreadable, dataOf } = sectionCollector();
  const extracted = dataOf(readSection(Unread, 'extracted_data', raw.extracted_data));
  const papers = <T>(name: string, read: (name: string, raw: unknown) => Section<T>): T[] => {
    const path = `extracted_data.${name}`;
    return dataOf(readList(Unread, path, listOf(extracted[name]))).map((raw) => dataOf(read(path, raw)));
  };

  return {
    report: dataOf(readSection(Report, 'report', raw)),
    identity: dataOf(readIdentity('identity', raw.identity)),
    extractedIdentities: papers('identity', readIdentity),
    proofsOfAddress: papers('proof_of_address', (name, raw) => readSection(ProofOfAddress, name, raw)),
    bankDetails: papers('bank_details', (name, raw) => readSection(BankDetails, name, raw)),
    codes: ['all_status_codes', 'status_codes', 'reason'].flatMap((name) =>
      dataOf(readCodes(name, raw[name])),
    ),
    /** Where each code came from. */
    statusCodes: dataOf(readList(StatusCode, 'all_status_codes', raw.all_status_codes)),
    unreadable,
  };
}

/** The seeds have lists here; a paper that comes alone, without one, must not be lost. */
function listOf(papers: unknown): unknown {
  return typeof papers === 'object' && papers !== null && !Array.isArray(papers) ? [papers] : papers;
}

function readIdentity(name: string, raw: unknown) {
  const identity = readSection(Identity, name, raw);
  const extra = readSection(Extra, `${name}.extra`, identity.data.extra);
  return {
    data: { ...identity.data, extra: extra.data },
    unreadable: [...identity.unreadable, ...extra.unreadable],
  };
}
