import type { ErasureCertificate } from '../../shared/operations/erasure/erase-certificate.ts';
import type { ErasurePlan } from '../../shared/operations/erasure/erase-plan.ts';
import { bold } from '../terminal.ts';
import { formatTable } from './format-table.ts';

/** Formats what an erasure would delete. */
export function formatErasurePlan({ verificationId, state, locations, remarks }: ErasurePlan): string[] {
  return [
    '',
    `${bold(verificationId)}  ${stateTexts[state]}`,
    '',
    ...formatTable(
      ['location', 'would be deleted'],
      locations.map(({ location, count, messages }) => [
        location,
        count === null ? `those of the case among ${messages} messages` : String(count),
      ]),
    ),
    '',
    ...remarks,
    state === 'held'
      ? 'Nothing was written. "idv release" ends the hold.'
      : 'Nothing was written. Add --yes to erase the case.',
  ];
}

const stateTexts: Readonly<Record<ErasurePlan['state'], string>> = {
  stored: 'stored',
  erased: 'erased already: a further run deletes what is left',
  held: 'under a legal hold: it cannot be erased',
};

/** Formats the certificate of an erasure. */
export function formatCertificate(certificate: ErasureCertificate): string[] {
  const { verificationId, sequence, erasedAt, tombstoneUntil, deleted, locked, disappearing, open } =
    certificate;
  return [
    '',
    `${bold(verificationId)}  erased at ${erasedAt} by event ${sequence}`,
    '',
    ...formatTable(
      ['location', 'deleted'],
      deleted.map((each) => [each.location, String(each.deleted)]),
    ),
    '',
    ...(locked.length === 0
      ? []
      : [
          bold('Object Lock keeps, hidden behind delete markers'),
          ...locked.map(
            ({ location, versions, until }) => `  ${location}: ${versions} versions until ${until}`,
          ),
        ]),
    bold('Disappears by itself'),
    ...disappearing.map(({ what, until }) => `  ${what}: until ${until}`),
    `  the tombstone, which has no personal data: until ${tombstoneUntil}`,
    ...(open.length === 0
      ? ['The erasure is complete.']
      : [bold('Still to do'), ...open.map((sentence) => `  ${sentence}`)]),
  ];
}
