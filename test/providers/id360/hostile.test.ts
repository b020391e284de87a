import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings } from '../../../shared/contract/identity.ts';
import { VerificationState } from '../../../shared/contract/state.ts';
import { readId360Callback } from '../../../shared/providers/id360/read-callback.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { plays } from '../../support/plays.ts';
import { callbackNames, fixture, reportNames, transitionOf } from './fixtures.ts';

const aCallback = fc.constantFrom(...callbackNames.map(fixture));
const aReport = fc.constantFrom(...reportNames.map(fixture));
const json = fc.jsonValue({ maxDepth: 4 });

/** Generates copies of a value. In each copy, one part is replaced by a value that `part` generates. */
function mutated(value: unknown, part: fc.Arbitrary<unknown> = json): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return part;
  const keys = Object.keys(value);
  if (keys.length === 0) return part;
  const inside = fc
    .constantFrom(...keys)
    .chain((key) =>
      mutated(Reflect.get(value, key), part).map((other) =>
        Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other },
      ),
    );
  return fc.oneof({ weight: 1, arbitrary: part }, { weight: 6, arbitrary: inside });
}

const isTyped = (body: unknown) => {
  const reading = readId360Callback(body, null);
  if (reading.kind === 'unknown') return true;
  const { transition } = reading;
  return VerificationState.safeParse(transition).success && Findings.safeParse(transition.findings).success;
};

describe('readId360Callback with hostile bodies', () => {
  test('readId360Callback returns a valid reading for any JSON value', () => {
    fc.assert(fc.property(json, isTyped));
  });

  test('readId360Callback returns a valid reading for a callback with damaged parts', () => {
    fc.assert(fc.property(aCallback.chain(mutated).chain(mutated), isTyped), { numRuns: plays(300) });
  });

  test('a callback with damaged fields keeps its state if id, status and reason are not damaged', () => {
    const damaged = aCallback.chain(({ id, status, reason, ...others }) =>
      mutated(others).map((damage) => [
        { id, status, reason, ...others },
        { ...(typeof damage === 'object' ? damage : {}), id, status, reason },
      ]),
    );
    fc.assert(
      fc.property(damaged, ([whole, body]) => {
        expect(VerificationState.parse(transitionOf(body))).toEqual(
          VerificationState.parse(transitionOf(whole)),
        );
      }),
      { numRuns: plays(200) },
    );
  });

  test('an enrollment id gives the same verification id as a number and as a text', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (id) => {
        const idOf = (given: unknown) => transitionOf({ id: given, status: 'OK' }).verificationId;
        expect(idOf(id)).toBe(idOf(String(id)));
      }),
    );
  });

  test('different enrollment ids give different verification ids, which contain only safe characters', () => {
    const ids = fc.uniqueArray(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 50 }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(ids, (given) => {
        const read = given.flatMap((id) => {
          const reading = readId360Callback({ id, status: 'OK' }, null);
          return reading.kind === 'understood' ? [reading.transition.verificationId] : [];
        });
        expect(new Set(read).size).toBe(read.length);
        expect(read.filter((id) => !/^id360:[\w.~%-]{1,600}$/.test(id))).toEqual([]);
      }),
    );
  });

  test('readId360Callback treats keys such as __proto__ as ordinary keys', () => {
    const body = JSON.parse(`{
      "id": 1, "status": "STARTED", "__proto__": { "client_reference": "x" },
      "enrollment_step": { "name": "liveness", "constructor": 1, "__proto__": { "status": "OK" } }
    }`);
    const { reference, findings } = transitionOf(body);
    expect(reference).toBeNull();
    expect(JSON.stringify(findings.provider_data)).toBe(
      '{"__proto__":{"client_reference":"x"},"enrollment_step":{"name":"liveness","constructor":1,"__proto__":{"status":"OK"}}}',
    );
    expect(Reflect.get({}, 'client_reference')).toBeUndefined();
  });
});

describe('readId360Report with hostile reports', () => {
  test('readId360Report accepts any JSON object whose status is a text', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), json),
        fc.string(),
        (report, status) => Findings.safeParse(readId360Report({ ...report, status }).findings).success,
      ),
    );
  });

  test('readId360Report reads a report with damaged parts, or rejects the report if its status is no text', () => {
    fc.assert(
      fc.property(aReport.chain(mutated).chain(mutated), (report) => {
        if (typeof Reflect.get(Object(report), 'status') !== 'string') {
          expect(() => readId360Report(report)).toThrow(expect.objectContaining({ kind: 'unexpected' }));
        } else {
          expect(Findings.safeParse(readId360Report(report).findings).success).toBe(true);
        }
      }),
      { numRuns: plays(300) },
    );
  });

  test('damage to one section of an ID360 report does not change the other sections', () => {
    const report = fixture('report-ok');
    const sections = ['identity', 'extracted_data', 'documents', 'steps', 'all_status_codes'];
    const damaged = fc
      .constantFrom(...sections)
      .chain((name) =>
        mutated(report[name]).map((section) => ({ name, report: { ...report, [name]: section } })),
      );
    const whole = readId360Report(report);
    fc.assert(
      fc.property(damaged, ({ name, report: given }) => {
        const { status, occurredAt, reference, documents, findings } = readId360Report(given);
        expect([status, occurredAt, reference]).toEqual([whole.status, whole.occurredAt, whole.reference]);
        if (name !== 'documents') expect(documents).toEqual(whole.documents);
        // A damaged number makes the document in `identity` another one than the extracted document.
        if (name === 'identity')
          expect(findings.documents).toEqual(expect.arrayContaining(whole.findings.documents.slice(0, -1)));
        if (name === 'extracted_data') {
          expect(findings.claims).toMatchObject({ family_name: 'SPECIMEN ABB', birthdate: '1973-07-12' });
        }
      }),
      { numRuns: plays(200) },
    );
  });

  /**
   * URLs with any host, and paths of characters that a URL may contain, escaped or not. `fc.webUrl` generates such URLs too,
   * but builds a large table of characters (see `anyCharacter`).
   */
  const inPath = fc.constantFrom(..."azAZ09-._~!$&'()*+,;=:@");
  const segment = fc.string({ unit: fc.oneof(inPath, anyCharacter.map(encodeURIComponent)) });
  const anyUrl = fc
    .tuple(
      fc.constantFrom('http', 'https'),
      fc.webAuthority(),
      fc.array(fc.oneof(segment, fc.constant('..'))),
    )
    .map(([scheme, host, path]) => `${scheme}://${[host, ...path].join('/')}`);

  test('an ID360 document is fetched only by its id and page, whatever texts and URLs the report contains', () => {
    fc.assert(
      fc.property(
        aReport.chain((report) => mutated(report, fc.oneof(fc.string(), anyUrl))),
        (report) => {
          if (typeof Reflect.get(Object(report), 'status') !== 'string') return;
          for (const { id, page, file } of readId360Report(report).documents) {
            expect(id).toMatch(/^[\w-]{1,64}$/);
            expect(Number.isInteger(page) && page >= 0).toBe(true);
            expect(file).toMatch(/^[\w$-][\w$.-]*\/[\w$-][\w$.-]*$/);
          }
        },
      ),
      { numRuns: plays(200) },
    );
  });
});
