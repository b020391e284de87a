import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import { makeDatakeenWebhook } from '../../../local/simulators/datakeen/make-webhook.ts';
import type { Findings } from '../../../shared/contract/identity.ts';
import { parseCountryCode } from '../../../shared/parsing/country-code.ts';
import { parseDate } from '../../../shared/parsing/date.ts';
import { parseGender } from '../../../shared/parsing/gender.ts';
import { makeDatakeenFindings } from '../../../shared/providers/datakeen/findings.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import { changed, sample, sessionId, transitionOf } from './fixtures.ts';
import { formatPath, type LeafAt, leavesOf, variantsOf } from './leaves.ts';

const findings = (answer: unknown) => makeDatakeenFindings(readDatakeenResult(answer), 'approved');

/** Checks whether a path is one that an event leaves out on purpose: constants of transport and positions in images. */
function isOmittedFromSession({ path, leaf }: LeafAt): boolean {
  if (path[0] === 'status' && path.length === 1) return String(leaf).startsWith('2');
  if (path.includes('webhookURL')) return true;
  if (
    path[0] !== 'data' ||
    path[1] !== 'job_status' ||
    path[2] !== 'predictions' ||
    typeof path[3] !== 'number'
  )
    return false;
  if (path[4] === 'webhook') return true;
  if (path[4] !== 'results' || path[5] !== 'documents' || typeof path[6] !== 'number') return false;
  const [part, key, member] = path.slice(7);
  return (
    part === 'origin' ||
    part === 'path' ||
    (part === 'pages' && typeof key === 'number' && member === 'path') ||
    (part === 'extractedInformation' && typeof key === 'string' && member === 'bbox')
  );
}

/** Returns the values as which an event may contain a leaf. */
function formsOf(leaf: LeafAt['leaf']): unknown[] {
  if (typeof leaf === 'boolean') return [leaf];
  const text = String(leaf);
  const converted = [parseDate(text, 'DD.MM.YYYY'), parseCountryCode(text), parseGender(text)];
  return [leaf, text, text.toLowerCase(), ...converted.filter((each) => each !== null), documentTypes[text]];
}
const documentTypes: Readonly<Record<string, string>> = { 'id-card': 'idcard' };

/** Lists the leaves of a body that are not in the findings, not named as unreadable, and not omitted on purpose. */
function lostLeaves(body: unknown, found: Findings, isOmitted: (leaf: LeafAt) => boolean): string[] {
  const all = leavesOf(found);
  const values = new Set<unknown>(all.map(({ leaf }) => leaf));
  const booleans = new Set(all.filter(({ leaf }) => typeof leaf === 'boolean').map(keyAndValue));
  const checks = new Set(found.checks.map(({ name, passed }) => `${name}=${passed}`));
  const unreadable = new Set([found.provider_data.unreadable ?? []].flat());
  const isFound = ({ path, leaf }: LeafAt) =>
    typeof leaf === 'boolean'
      ? booleans.has(keyAndValue({ path, leaf })) || checks.has(`${path.at(-2)}=${leaf}`)
      : formsOf(leaf).some((form) => form !== undefined && values.has(form));
  const isNamed = ({ path }: LeafAt) =>
    path.some((_, index) => unreadable.has(formatPath(path.slice(0, index + 1))));
  return leavesOf(body)
    .filter((each) => !isOmitted(each) && !isFound(each) && !isNamed(each))
    .map(({ path }) => formatPath(path));
}

/** A truth value occurs often, so it must have the same key in the event, or the same index in a list. */
const keyAndValue = ({ path, leaf }: LeafAt) => `${path.at(-1)}=${leaf}`;

const sessions: readonly unknown[] = [
  sample(),
  makeDatakeenSession({ sessionId, documents: ['passport', 'id-card', 'other'], predictions: 2 }).result,
  makeDatakeenSession({ sessionId, globalStatus: false, analysisIdKey: 'analysis_id' }).result,
];

const webhooks: readonly unknown[] = [
  makeDatakeenWebhook({ sessionId }),
  makeDatakeenWebhook({ sessionId, newStatus: 'verify' }),
  makeDatakeenWebhook({ sessionId, by: 'analyst', newStatus: 'user_approved', correlationId: 'file-17' }),
];
const isOmittedFromWebhook = ({ path: [key] }: LeafAt) => key === 'sessionId' || key === 'newStatus';

describe('each leaf of a Datakeen body', () => {
  test.each(sessions.map((session) => [session]))(
    'each leaf of a Datakeen session is in the findings, or omitted on purpose',
    (session) => {
      expect(lostLeaves(session, findings(session), isOmittedFromSession)).toEqual([]);
      expect(findings(session).provider_data).not.toHaveProperty('unreadable');
    },
  );

  test('each leaf of a changed Datakeen session is in the findings, named as unreadable, or omitted on purpose', () => {
    fc.assert(
      fc.property(variantsOf(sessions), (session) => {
        expect(lostLeaves(session, findings(session), isOmittedFromSession)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test.each(webhooks.map((body) => [body]))(
    'each leaf of the Datakeen webhook %j is in the event',
    (body) => {
      expect(lostLeaves(body, transitionOf(body).findings, isOmittedFromWebhook)).toEqual([]);
    },
  );

  test('each leaf of a changed Datakeen webhook is in the findings', () => {
    fc.assert(
      fc.property(variantsOf(webhooks), (body) => {
        const known = { ...Object(body), sessionId, newStatus: 'verify' };
        expect(lostLeaves(known, transitionOf(known).findings, isOmittedFromWebhook)).toEqual([]);
      }),
    );
  });
});

describe('the place of a leaf', () => {
  test('provider_data of a Datakeen session has the entities and messages of its predictions', () => {
    expect(findings(sample()).provider_data).toEqual({
      analysisId: '662f60359c8e30012c2f026',
      message: 'Analysis Completed Successfully',
      data: {
        job_status: {
          predictions: [
            {
              message: 'Success',
              results: {
                entities: [
                  {
                    firstName: 'Jean',
                    fullName: 'Jean Jean',
                    id: 'b39076f8-c136-4a1f-ac71-c53684dae890',
                    lastName: 'Jean',
                  },
                ],
              },
              status: 200,
            },
          ],
        },
      },
    });
  });

  test('unknown sections of a Datakeen session keep their names: those of a document are at the document', () => {
    // Prepare
    const answer = changed(({ card, results, prediction }) => {
      Object.assign(card, { quality: { blur: 0.25 } });
      Object.assign(card.controls?.mrzValidity ?? {}, { detail: 'checksum' });
      Object.assign(results, { liveness: { score: 0.5 } });
      Object.assign(prediction, { durationMs: 1234 });
    });
    // Act
    const { documents, provider_data } = findings(answer);
    // Assess
    expect(documents[0]?.provider_data).toMatchObject({
      quality: { blur: 0.25 },
      controls: { mrzValidity: { detail: 'checksum' } },
    });
    expect(provider_data).toMatchObject({
      data: { job_status: { predictions: [{ durationMs: 1234, results: { liveness: { score: 0.5 } } }] } },
    });
  });

  test('the signed webhook URL that Datakeen sends back is in no event', () => {
    const url = 'https://example.com/webhooks/datakeen/case-1/signature';
    const answer = changed(({ prediction, card }, { data }) => {
      Object.assign(prediction, { webhook: url, webhookURL: url });
      for (const each of [data, card]) Object.assign(each, { settings: [{ webhookURL: url }] });
    });
    expect(JSON.stringify(findings({ ...answer, webhookURL: url }))).not.toContain('signature');
  });

  test('positions in images and names of uploaded files are in no event', () => {
    const { documents } = findings(sample());
    expect(JSON.stringify(documents)).not.toMatch(/bbox|topleft|page_num|\.pdf|Screenshot/);
    expect(documents[1]).toEqual({ type: 'other', provider_data: { pages: [{ num: 0 }] } });
  });

  test('a text in the place of a control is in provider_data, and named as unreadable with its whole path', () => {
    const answer = changed(({ card }) => Object.assign(card.controls ?? {}, { mrzValidity: 'yes' }));
    const { documents, provider_data } = findings(answer);
    expect(documents[0]?.provider_data).toMatchObject({ controls: { mrzValidity: 'yes' } });
    expect(provider_data.unreadable).toEqual([
      'data.job_status.predictions[0].results.documents[0].controls.mrzValidity',
    ]);
  });

  test('a control that gives no check, because its name is too long, is named as unreadable', () => {
    const name = 'x'.repeat(256);
    const answer = changed(({ card }) => Object.assign(card.controls ?? {}, { [name]: { value: false } }));
    const { checks, provider_data } = findings(answer);
    expect(checks.map((check) => check.name)).not.toContain(name);
    expect(provider_data.unreadable).toEqual([
      `data.job_status.predictions[0].results.documents[0].controls.${name}`,
    ]);
  });

  test('a list of more than 200 documents is named as unreadable, because only the first 200 are read', () => {
    const answer = changed(({ results, other }) => {
      results.documents = Array.from({ length: 201 }, () => other);
    });
    const { documents, provider_data } = findings(answer);
    expect(documents).toHaveLength(200);
    expect(provider_data.unreadable).toEqual(['data.job_status.predictions[0].results.documents']);
  });

  test('a list of more than 200 predictions is named as unreadable, because only the first 200 are read', () => {
    const answer = changed(({ prediction }, { data }) => {
      data.job_status.predictions = Array.from({ length: 201 }, () => prediction);
    });
    const { documents, provider_data } = findings(answer);
    expect(documents).toHaveLength(400);
    expect(provider_data.unreadable).toEqual(['data.job_status.predictions']);
  });

  test.each([
    [200, undefined],
    ['201', undefined],
    [500, 500],
    ['QQZ', 'QQZ'],
    [2000, 2000],
    [{ code: 'QQZ' }, { code: 'QQZ' }],
    [['QQZ'], ['QQZ']],
  ])('the status %j at the top of an answer is in provider_data as %j', (status, expected) => {
    expect(findings({ ...sample(), status }).provider_data.status).toEqual(expected);
  });

  test('at most 200 unreadable paths are listed; data then stands for the others, at the end', () => {
    const answer = changed(({ card }) => {
      for (let index = 0; index < 300; index++) Object.assign(card.controls ?? {}, { [`c${index}`]: 'yes' });
    });
    const { unreadable } = findings(answer).provider_data;
    expect(unreadable).toHaveLength(201);
    expect([unreadable].flat().at(-1)).toBe('data');
  });

  test('if Datakeen sends a member with the name of one of our members, ours stays and the other is named', () => {
    const answer = { ...sample(), analysisId: 'other', unreadable: ['x'] };
    expect(findings(answer).provider_data).toMatchObject({
      analysisId: '662f60359c8e30012c2f026',
      unreadable: ['analysisId', 'unreadable'],
    });
  });

  test('unknown members of a Datakeen webhook are below webhook, so that they look like no result', () => {
    const body = { sessionId, analysisId: 'a-1', data: { forged: true }, unreadable: ['x'] };
    expect(transitionOf(body).findings.provider_data).toEqual({
      analysisId: 'a-1',
      webhook: { data: { forged: true }, unreadable: ['x'] },
    });
  });
});
