import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { allId360DocumentKinds } from '../../local/simulators/id360/document-kinds.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import { type IdentState, identContentByState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { samplePersonErika, samplePersonOlivia } from '../../local/simulators/idnow/specimens.ts';
import type { Findings } from '../../shared/contract/identity.ts';
import type { Outcome } from '../../shared/contract/state.ts';
import { createDatakeenApiEvidenceAdapter } from '../../shared/providers/datakeen/evidence.ts';
import { readId360Report } from '../../shared/providers/id360/read-report.ts';
import { plays } from '../support/plays.ts';
import * as datakeen from './datakeen/fixtures.ts';
import * as id360 from './id360/fixtures.ts';
import * as idnow from './idnow/fixtures.ts';

const runs = { numRuns: plays(300) };

/**
 * Checks the rule for all providers: the person is in the claims if the case is approved, and extracted otherwise. Checks
 * are not compared, because some of them are about the approval, such as `identity_read`.
 *
 * @param ifApproved the findings of the same body in an approved case
 */
function expectOneRule(outcome: Outcome | null, findings: Findings, ifApproved: Findings): void {
  expect(ifApproved.extracted).toEqual({});
  const withheld = { ...ifApproved, claims: {}, extracted: ifApproved.claims };
  const expected = outcome === 'approved' ? ifApproved : withheld;
  expect({ ...findings, checks: [] }).toEqual({ ...expected, checks: [] });
}

describe('an IDnow ident', () => {
  const results = fc.constantFrom(
    ...Object.values(identContentByState).map(({ result }) => result),
    ...['CREATED', 'START', 'CANCELLED', null],
  );
  const isState = (name: string): name is IdentState => name in identContentByState;
  const simulated = fc
    .record({
      state: fc.constantFrom(...Object.keys(identContentByState).filter(isState)),
      person: fc.constantFrom(samplePersonErika, samplePersonOlivia),
      readout: fc.boolean(),
      reviewed: fc.boolean(),
      secondDocument: fc.boolean(),
    })
    .map((some) =>
      makeIdent({ ...some, companyId: 'c', transactionNumber: 't', time: new Date('2026-11-22T10:14:58Z') }),
    );
  const idents = fc.oneof(fc.constantFrom(...idnow.fixtureNames.map(idnow.ident)), simulated);
  const read = (ident: { identificationprocess: object }, result: string | null) => {
    const identificationprocess = { ...ident.identificationprocess, result };
    return idnow.transitionOf({ ...ident, identificationprocess });
  };

  test('an IDnow ident has claims only if its status approves it; otherwise the person is extracted', () => {
    fc.assert(
      fc.property(idents, results, (ident, result) => {
        const { outcome, findings } = read(ident, result);
        expectOneRule(outcome, findings, read(ident, 'SUCCESS').findings);
      }),
      runs,
    );
  });
});

describe('an ID360 report', () => {
  const statuses = ['NEW', 'STARTED', 'OK', 'KO', 'FAILED', 'CANCELED', 'DISCONTINUED', 'DELETED', 'unknown'];
  const simulated = fc
    .record({
      documents: fc.subarray(allId360DocumentKinds),
      person: fc.constantFrom({}, { address: '1 rue X', zip_code: '06000' }, { name: 'OTHER' }),
    })
    .map((some) => ({ ...makeId360Report({ id: 1, status: 'OK', ...some }) }));
  const reports = fc.oneof(fc.constantFrom(...id360.reportNames.map(id360.fixture)), simulated);

  test('an ID360 report has claims only if its status approves the case; otherwise the person is extracted', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...statuses), (body, word) => {
        const { status, findings } = readId360Report({ ...body, status: word });
        const ifApproved = readId360Report({ ...body, status: 'OK' }).findings;
        // A status that we do not know is kept in `provider_data`.
        const { status: _unknown, ...provider_data } = findings.provider_data;
        expectOneRule(status?.rule.outcome ?? null, { ...findings, provider_data }, ifApproved);
      }),
      runs,
    );
  });
});

describe('a Datakeen session', () => {
  const session = { get: () => expect.unreachable('a conclusion makes no call') };
  const adapter = (controlsDecide: boolean) =>
    createDatakeenApiEvidenceAdapter(session, controlsDecide, { wait: async () => {}, now: () => 0 });
  const conclude = (result: unknown, providerStatus: string, controlsDecide: boolean) =>
    adapter(controlsDecide).conclude(datakeen.job({ providerStatus }), Buffer.from(JSON.stringify(result)));

  const statuses = ['', 'ai_approved', 'ai_rejected', 'verify', 'user_approved', 'user_rejected'];
  const simulated = fc
    .record({
      documents: fc.subarray(['id-card', 'passport', 'other'] as const, { minLength: 1 }),
      globalStatus: fc.boolean(),
      failedCrossControls: fc.subarray(['matchNameInAllDocuments']),
    })
    .map((some) => makeDatakeenSession({ sessionId: datakeen.sessionId, ...some }).result);
  const results = fc.oneof(fc.constant(datakeen.sample()), simulated);

  test('a Datakeen result has claims only if it approves the session; otherwise the person is extracted', () => {
    fc.assert(
      fc.property(results, fc.constantFrom(...statuses), fc.boolean(), (result, word, controlsDecide) => {
        // Act
        const { transition, findings } = conclude(result, word, controlsDecide);
        // Assess
        const ifApproved = conclude(result, 'user_approved', controlsDecide).findings;
        if (findings === null || ifApproved === null) return expect.unreachable('no findings');
        expectOneRule(transition?.outcome ?? null, findings, ifApproved);
        expect(transition?.findings ?? findings, 'published with the decision').toEqual(findings);
      }),
      runs,
    );
  });

  test('an analyst’s approval publishes claims, even if the controls of the identity document failed', () => {
    const failed = makeDatakeenSession({ sessionId: datakeen.sessionId, globalStatus: false }).result;
    expect(conclude(failed, 'user_approved', true).findings?.claims).toHaveProperty('family_name');
    expect(conclude(failed, '', true).findings).toMatchObject({
      claims: {},
      extracted: { family_name: 'SPECIMEN' },
    });
  });
});
