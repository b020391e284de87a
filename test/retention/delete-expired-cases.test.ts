import { expect, test } from 'vitest';
import { deleteExpiredCases } from '../../shared/retention/delete-expired-cases.ts';
import type { LockedVersions } from '../../shared/retention/locked-versions.ts';
import { expiryRecord } from '../support/expiry-record.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';

const removedAt = new Date('2026-11-28T12:00:00Z');

/** Returns the handler with a history and objects that record what they delete. They fail for the ids in `failing`. */
function deletionUnderTest(
  failing: readonly string[] = [],
  locked: LockedVersions = { count: 0, until: null },
) {
  const telemetry = recordedTelemetry();
  const deleted: string[] = [];
  const remove = async (what: string, time: Date, count: number) => {
    if (failing.some((id) => what.includes(id))) throw new Error(`personal data of ${what}`);
    deleted.push(`${what} before ${time.toISOString()}`);
    return count;
  };
  const handler = deleteExpiredCases({
    history: { deleteBefore: (id, time) => remove(id, time, 3) },
    objects: {
      deleteBefore: async (prefix, time) => ({
        deleted: await remove(prefix, time, 2),
        locked: prefix.startsWith('evidence/') ? locked : { count: 0, until: null },
      }),
    },
    telemetry,
  });
  return { handler, telemetry, deleted };
}

test('the objects of all areas and then the history of an expired case are deleted and counted', async () => {
  // Prepare
  const { handler, telemetry, deleted } = deletionUnderTest();

  // Act
  const answer = await handler({ Records: [expiryRecord('id360:1', removedAt)] });

  // Assess
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(deleted).toEqual(
    [
      'evidence/id360/id360!1/',
      'findings/id360/id360!1/',
      'deliveries/id360/id360!1/',
      'unconfirmed/id360/id360!1/',
      'parked/id360/id360!1/',
      'id360:1',
    ].map((what) => `${what} before 2026-11-28T12:00:00.000Z`),
  );
  expect(telemetry.counts).toEqual({ CasesDeleted: 1, CasesNotDeleted: 0 });
  expect(telemetry.lines).toEqual([
    ['info', 'an expired case is deleted', { verificationId: 'id360:1', historyRows: 3, objectVersions: 10 }],
  ]);
  expect(telemetry.flushes).toBe(1);
});

test.each(['id360:2', 'id360!2'])(
  'a case that cannot be deleted (%s) is reported to Lambda, and the other cases are deleted',
  async (failing) => {
    // Prepare
    const { handler, telemetry, deleted } = deletionUnderTest([failing]);
    const records = ['id360:1', 'id360:2', 'id360:3'].map((id, index) =>
      expiryRecord(id, removedAt, String(index)),
    );

    // Act
    const answer = await handler({ Records: records });

    // Assess
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(telemetry.counts).toEqual({ CasesDeleted: 2, CasesNotDeleted: 1 });
    for (const id of ['id360:1', 'id360:3']) expect(deleted.join('\n')).toContain(`${id} before`);
    expect(telemetry.lines).toContainEqual([
      'error',
      'an expired case could not be deleted; Lambda tries again',
      { verificationId: 'id360:2' },
    ]);
  },
);

test('a record that is not an expired case deletes nothing, and is not delivered again', async () => {
  // Prepare
  const { handler, telemetry, deleted } = deletionUnderTest();

  // Act
  const answer = await handler({ Records: [{ ...expiryRecord('id360:1', removedAt), eventName: 'MODIFY' }] });

  // Assess
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(deleted).toEqual([]);
  expect(telemetry.counts).toEqual({ CasesDeleted: 0, CasesNotDeleted: 1 });
});

test('locked objects are counted and logged, and the history of the case is deleted', async () => {
  // Prepare
  const locked = { count: 4, until: new Date('2026-12-01T00:00:00Z') };
  const { handler, telemetry, deleted } = deletionUnderTest([], locked);

  // Act
  const answer = await handler({ Records: [expiryRecord('id360:1', removedAt)] });

  // Assess
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(deleted).toContain('id360:1 before 2026-11-28T12:00:00.000Z');
  expect(telemetry.counts).toEqual({ CasesDeleted: 1, CasesNotDeleted: 0, ObjectVersionsLocked: 4 });
  expect(telemetry.lines).toContainEqual([
    'warn',
    'objects of an expired case are locked; S3 deletes them after the lock',
    { verificationId: 'id360:1', objectVersions: 4, lockedUntil: '2026-12-01T00:00:00.000Z' },
  ]);
});
