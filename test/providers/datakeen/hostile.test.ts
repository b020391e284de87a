import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { readWebhook } from '../../../shared/providers/datakeen/read-webhook.ts';
import { changed, confirmed, sender, sessionId } from './fixtures.ts';

const json = fc.jsonValue({ maxDepth: 4 });

test('any JSON is a reading, and nothing throws', () => {
  fc.assert(
    fc.property(json, fc.boolean(), (body, trustsNewStatus) => {
      const reading = readWebhook(body, { ...sender, trustsNewStatus });
      expect(['understood', 'unknown']).toContain(reading.kind);
    }),
  );
});

test('any webhook of a session decides nothing, and asks for a fetch', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), json),
      fc.constantFrom('verify', 'user_approved', null),
      (noise, newStatus) => {
        const reading = readWebhook({ ...noise, sessionId, newStatus }, sender);
        if (reading.kind !== 'understood') return expect.unreachable(reading.reason);
        const { outcome, finality, origin } = reading.transition;
        expect([outcome, finality, origin.kind]).toEqual([null, 'provisional', 'hint']);
      },
    ),
  );
});

test('any answer is a result or not ready', () => {
  fc.assert(
    fc.property(json, (answer) => {
      try {
        confirmed(answer);
      } catch (error) {
        expect(error).toBeInstanceOf(EvidenceError);
        expect(error).toMatchObject({ kind: 'not_ready' });
      }
    }),
  );
});

test('a finished result with anything in it never throws, and is not approved by what cannot be read', () => {
  fc.assert(
    fc.property(json, json, json, (documents, controls, information) => {
      const answer = changed(({ results, card }) => {
        Object.assign(card, { controls, extractedInformation: information });
        Object.assign(results, { controls: { ...results.controls, more: documents } });
      });
      const transition = confirmed(answer);
      // A control across documents that is neither true nor false; a card whose globalStatus is not there.
      expect(transition?.outcome ?? null).not.toBe('approved');
    }),
  );
});
