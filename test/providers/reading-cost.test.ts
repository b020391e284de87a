import { describe, expect, test } from 'vitest';
import { toCanonicalJson } from '../../shared/contract/canonical-json.ts';
import { makeDatakeenFindings } from '../../shared/providers/datakeen/findings.ts';
import { readDatakeenResult } from '../../shared/providers/datakeen/read-result.ts';
import { readDatakeenWebhook } from '../../shared/providers/datakeen/read-webhook.ts';
import { readId360Callback } from '../../shared/providers/id360/read-callback.ts';
import { readId360Report } from '../../shared/providers/id360/read-report.ts';
import { readIdents } from '../../shared/providers/idnow/read-idents.ts';
import { parseJson } from '../../shared/receiving/parse-json.ts';

const quarter = 256 * 1024;
const whole = 4 * quarter;

/** Makes a JSON text of at most this number of bytes. */
type Shape = (bytes: number) => string;
const listOf =
  (entry: string): Shape =>
  (bytes) =>
    `[${Array(Math.floor((bytes - 2) / (entry.length + 1)))
      .fill(entry)
      .join()}]`;
const objectOf =
  (value: string): Shape =>
  (bytes) => {
    const members = Array.from(
      { length: Math.floor(bytes / (value.length + 10)) },
      (_, index) => `"k${index.toString(36).padStart(5, '0')}":${value}`,
    );
    return `{${members.join()}}`;
  };
const empties = listOf('{}');
const numbers = listOf('0');
const lists = listOf('[]');
const longNumbers = listOf('12345678901234567890');

const ident = '"identificationprocess":{"companyid":"c","transactionnumber":"t","result":"SUCCESS"}';
const session = (results: string) => `{"data":{"job_status":{"predictions":[{"results":${results}}]}}}`;

const readers = {
  'an ID360 callback': (body: unknown) => readId360Callback(body, null),
  'an ID360 report': (body: unknown) => readId360Report(body),
  'an IDnow ident': (body: unknown) => readIdents(body, { wantsEvidence: () => true }),
  'a Datakeen webhook': (body: unknown) =>
    readDatakeenWebhook(body, { reference: 'case-1', trustsNewStatus: true, isBackOffice: false }),
  'a Datakeen session': (body: unknown) => makeDatakeenFindings(readDatakeenResult(body), 'approved'),
};

/** Bodies that are as costly to read as a sender can make them. The test replaces `*` by JSON of the tested size. */
const bodies: [keyof typeof readers, string, string, Shape][] = [
  ['an ID360 callback', 'reasons that are empty objects', '{"id":1,"status":"KO","reason":*}', empties],
  [
    'an ID360 callback',
    'errors that are lists',
    '{"id":1,"status":"KO","enrollment_step":{"errors":*}}',
    lists,
  ],
  [
    'an ID360 callback',
    'documents that are numbers',
    '{"id":1,"status":"KO","enrollment_step":{"documents":*}}',
    numbers,
  ],
  [
    'an ID360 report',
    'status codes that are empty objects',
    '{"id":1,"status":"KO","all_status_codes":*}',
    empties,
  ],
  [
    'an ID360 report',
    'identities that are empty objects',
    '{"id":1,"status":"KO","extracted_data":{"identity":*}}',
    empties,
  ],
  [
    'an ID360 report',
    'first names that are numbers',
    '{"id":1,"status":"OK","identity":{"first_names":*}}',
    numbers,
  ],
  [
    'an ID360 report',
    'documents that are numbers',
    '{"id":1,"status":"OK","documents":{"identity":*}}',
    numbers,
  ],
  [
    'an IDnow ident',
    'license classes that are numbers',
    `{${ident},"identificationdocument":{"driverlicenses":*}}`,
    numbers,
  ],
  ['an IDnow ident', 'additional documents that are lists', `{${ident},"additionaldocuments":*}`, lists],
  ['an IDnow ident', 'custom data of objects', `{${ident},"customdata":*}`, objectOf('{}')],
  ['an IDnow ident', 'idents that are numbers', '{"identifications":*}', numbers],
  ['an IDnow ident', 'idents that are alike', '{"identifications":*}', listOf(`{${ident}}`)],
  ['a Datakeen webhook', 'members of no meaning', '{"sessionId":"s","junk":*}', objectOf('[]')],
  ['a Datakeen session', 'documents that are empty', session('{"documents":*}'), empties],
  [
    'a Datakeen session',
    'predictions that are numbers',
    '{"data":{"job_status":{"predictions":*}}}',
    numbers,
  ],
  [
    'a Datakeen session',
    'predictions that are long numbers',
    '{"data":{"job_status":{"predictions":*}}}',
    longNumbers,
  ],
  [
    'an IDnow ident',
    'empty idents and one long number',
    '{"identifications":*,"x":12345678901234567890}',
    empties,
  ],
  [
    'an IDnow ident',
    'numbers and one long number',
    '{"identifications":*,"x":12345678901234567890}',
    numbers,
  ],
  [
    'an ID360 callback',
    'custom texts with many digits',
    '{"id":1,"status":"KO","x":*}',
    listOf('"12345678901234567890"'),
  ],
  ['a Datakeen session', 'controls that are lists', session('{"controls":*}'), objectOf('[]')],
  [
    'a Datakeen session',
    'values that are lists',
    session('{"documents":[{"extractedInformation":*}]}'),
    objectOf('[]'),
  ],
];

/** Returns the CPU time that `work` uses, in milliseconds. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function parsed(bytes: Uint8Array): unknown {
  const result = parseJson(bytes);
  return result.kind === 'json' ? result.value : expect.unreachable(result.kind);
}

const plainly = (bytes: Uint8Array) => cost(() => toCanonicalJson(JSON.parse(Buffer.from(bytes).toString())));
const ordinary = Buffer.from(
  listOf('{"firstname":{"status":"MATCH","value":"ERIKA"},"zipcode":{"value":"81369"},"ok":true,"n":1.5}')(
    whole,
  ),
);

describe('reading a body of 1 MiB', () => {
  const benign = Math.min(plainly(ordinary), plainly(ordinary));

  // A failed test is repeated, because other processes on the machine can make the measured time too high.
  test.each(bodies)(
    'reading %s of 1 MiB with %s takes less than ten times the CPU time of parsing and sorting JSON of this size',
    { retry: 2 },
    (reader, _what, frame, shape) => {
      // Prepare
      const bodyOf = (bytes: number) => Buffer.from(frame.replace('*', () => shape(bytes - frame.length)));
      const read = (body: Buffer) => readers[reader](parsed(body));
      const [small, large] = [bodyOf(quarter), bodyOf(whole)];
      expect(large.byteLength).toBeGreaterThan(0.9 * whole);
      // Act
      const [costOfSmall, costOfLarge, plain] = [
        cost(() => read(small)),
        cost(() => read(large)),
        plainly(large),
      ];
      // Assess
      expect(
        costOfLarge / Math.max(costOfSmall, benign / 10),
        'four times the size costs less than eight times the time',
      ).toBeLessThan(8);
      expect(
        costOfLarge / Math.max(plain, benign),
        'reading costs less than ten times parsing and sorting',
      ).toBeLessThan(10);
    },
  );
});
