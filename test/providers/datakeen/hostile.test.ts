import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { readDatakeenWebhook } from '../../../shared/providers/datakeen/read-webhook.ts';
import { caseUrl, changed, lookupOf, sessionId } from './fixtures.ts';

const json = fc.jsonValue({ maxDepth: 4 });

test('readDatakeenWebhook returns a reading for any JSON value, and never throws', () => {
  fc.assert(
    fc.property(json, fc.boolean(), (body, trustsNewStatus) => {
      const reading = readDatakeenWebhook(body, { ...caseUrl, trustsNewStatus });
      expect(['understood', 'unknown']).toContain(reading.kind);
    }),
  );
});

test('a Datakeen webhook is always a hint, which decides nothing, whatever else its body contains', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), json),
      fc.constantFrom('verify', 'user_approved', null),
      (noise, newStatus) => {
        const reading = readDatakeenWebhook({ ...noise, sessionId, newStatus }, caseUrl);
        if (reading.kind !== 'understood') return expect.unreachable(reading.reason);
        const { outcome, finality, origin } = reading.transition;
        expect([outcome, finality, origin.kind]).toEqual([null, 'provisional', 'hint']);
      },
    ),
  );
});

test('readDatakeenResult returns a Datakeen result or throws not_ready for any JSON value', () => {
  fc.assert(
    fc.property(json, (answer) => {
      try {
        lookupOf(answer);
      } catch (error) {
        expect(error).toBeInstanceOf(EvidenceError);
        expect(error).toMatchObject({ kind: 'not_ready' });
      }
    }),
  );
});

test('a finished Datakeen result with unreadable sections is never approved, and reading it never throws', () => {
  fc.assert(
    fc.property(json, json, json, (documents, controls, information) => {
      const answer = changed(({ results, card }) => {
        Object.assign(card, { controls, extractedInformation: information });
        Object.assign(results, { controls: { ...results.controls, more: documents } });
      });
      const transition = lookupOf(answer);
      // No approval: either a control across documents is neither true nor false, or the card has no globalStatus.
      expect(transition?.outcome ?? null).not.toBe('approved');
    }),
  );
});
