import { dirname } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { findScenario } from '../../local/simulators/provider-simulation.ts';
import { playCompletely, simulationOf } from '../support/play-scenarios.ts';
import { countVersions, readArchive } from './archive.ts';
import { deployed } from './deployed-system.ts';

async function play(provider: string, scenario: string) {
  const found = findScenario(simulationOf(provider), scenario);
  if (found === undefined) throw new Error(`${provider} has no scenario ${scenario}`);
  return playCompletely(deployed.system, deployed.events, provider, [found]);
}

describe.concurrent.each([
  ['idnow', 'HAPPYPATH', 'approved'],
  ['idnow', 'FRAUDIDENT', 'declined'],
  ['id360', 'STEPS_OUT_OF_ORDER', 'approved'],
  ['datakeen', 'VERIFY_THEN_USER_APPROVED', 'approved'],
])('the case %s %s on the deployed stack', (provider, scenario, outcome) => {
  test('is published in order, and its archive has the hashes of its last event', async () => {
    const events = await play(provider, scenario);

    // The sequences of the case in the order of the queue: 1, 2, 3 …
    expect(events.map(({ data }) => data.sequence)).toEqual(events.map((_, index) => index + 1));
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'idv.evidence.archived.v1', data: { outcome, finality: 'final' } });
    if (last === undefined) return;
    const messages = deployed.events.messages.filter(
      ({ Body = '' }) => JSON.parse(Body).subject === last.subject,
    );
    const groups = messages.map(({ Attributes }) => Attributes?.MessageGroupId);
    expect(groups).toEqual(events.map(() => last.subject));
    expect(messages.at(-1)?.MessageAttributes).toMatchObject({
      type: { StringValue: last.type },
      provider: { StringValue: provider },
      outcome: { StringValue: outcome },
    });

    const { stated, stored, manifest } = await readArchive(deployed, last);
    expect(stored).toEqual(stated);
    expect(manifest.artifacts).toEqual(last.data.evidence?.artifacts);
    expect(manifest.artifacts.length).toBeGreaterThan(0);

    // No object was overwritten, and none can be.
    const { bucket, manifest: key = '' } = last.data.evidence ?? {};
    const versions = await countVersions(deployed, dirname(key ?? ''));
    expect(new Set(Object.values(versions))).toEqual(new Set([1]));
    const again = new PutObjectCommand({
      Bucket: bucket ?? '',
      Key: key ?? '',
      Body: '{}',
      IfNoneMatch: '*',
    });
    await expect(deployed.s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});
