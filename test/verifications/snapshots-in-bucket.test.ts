import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Findings } from '../../shared/contract/identity.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { fitWriteToLimits } from '../../shared/verifications/limits/fit-write-to-limits.ts';
import { plays } from '../support/plays.ts';
import { anyHistory, playHistory } from '../support/random-histories.ts';

const members = Object.keys(Findings.shape) as (keyof Findings)[];

/** Plays a history in which most findings are too large for an event. @returns the events, each with its whole findings */
function eventsWithFindings(steps: Parameters<typeof playHistory>[0]) {
  const objects = new Map<string, Findings>();
  const writes = playHistory(steps, (write) => {
    const fitted = fitWriteToLimits(write, 'b', { findingsBytes: 150 });
    for (const { key, bytes } of fitted.objects)
      if (key.startsWith('findings/'))
        objects.set(`s3://b/${key}`, Findings.parse(JSON.parse(Buffer.from(bytes).toString())));
    return fitted.write;
  });
  return writes.flatMap(({ event }) => (event === null ? [] : [{ event, findings: readFindings(event) }]));

  /** Reads findings as the example for consumers does. */
  function readFindings({ dataref, data }: VerificationEvent): Findings {
    if (dataref === undefined) return data;
    const stored = objects.get(dataref) ?? expect.unreachable(`${dataref} is missing`);
    return { ...stored, checks: [...stored.checks, ...data.checks] };
  }
}

test('findings in the bucket: a consumer that keeps the newest event has the same as one that applies each change', () => {
  let inBucket = 0;
  fc.assert(
    fc.property(anyHistory, (steps) => {
      const row: Record<string, unknown> = { claims: {}, extracted: {}, submitted: {}, provider_data: {} };
      Object.assign(row, { documents: [], checks: [] });
      for (const { event, findings } of eventsWithFindings(steps)) {
        if (event.dataref !== undefined) inBucket += 1;
        for (const name of members) if (event.data.changed.includes(name)) row[name] = findings[name];
        for (const name of members) expect(row[name], `${event.id} ${name}`).toEqual(findings[name]);
        if (event.data.outcome !== 'approved') expect(findings.claims).toEqual({});
      }
    }),
    { numRuns: plays(300) },
  );
  expect(inBucket).toBeGreaterThan(100);
});
