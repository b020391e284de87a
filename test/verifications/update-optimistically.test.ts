import { expect, test } from 'vitest';
import { updateVerificationOptimistically } from '../../shared/verifications/update-optimistically.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { buildWriteWithoutEvent } from '../../shared/verifications/write.ts';
import { deliver } from '../support/deliveries.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { transition } from '../support/transitions.ts';

const row: Verification =
  deliver([transition('START')])[0]?.after ?? expect.unreachable('nothing was written');
const { verificationId } = row;
const outdated: Verification = { ...row, version: 'an older version' };

/** Updates a row with a function that records what it was computed from. `write` says whether it writes. */
async function update(
  known: Verification | null,
  isCurrent: boolean,
  write: (known: Verification) => boolean,
) {
  const { store, rows } = memoryVerifications(() => undefined);
  rows.set(verificationId, row);
  const versions: (string | null)[] = [];
  const result = await updateVerificationOptimistically(
    store,
    verificationId,
    { known, isCurrent },
    (from) => {
      versions.push(from?.version ?? null);
      const isWritten = write(from ?? row);
      return {
        write: isWritten ? buildWriteWithoutEvent(from ?? row, 'the update', {}) : null,
        result: `from ${from?.version ?? 'nothing'}`,
      };
    },
  );
  return { versions, result, version: rows.get(verificationId)?.version };
}

test.each<[string, Verification | null, boolean, object]>([
  [
    'a write from the current version is written at once',
    row,
    true,
    { versions: [row.version], result: `from ${row.version}` },
  ],
  [
    'a write from a right guess is written at once',
    row,
    false,
    { versions: [row.version], result: `from ${row.version}` },
  ],
  [
    'a write from a wrong guess is computed again from the row',
    outdated,
    false,
    { versions: [outdated.version, row.version], result: `from ${row.version}` },
  ],
  [
    'a write from the guess that there is no row is computed again from the row',
    null,
    false,
    { versions: [null, row.version], result: `from ${row.version}` },
  ],
])('%s', async (_title, known, isCurrent, expected) => {
  expect(await update(known, isCurrent, () => true)).toEqual({ ...expected, version: 'the update' });
});

test.each<[string, Verification | null, boolean, (string | null)[]]>([
  ['is the result at once, from the current version', row, true, [row.version]],
  ['is computed again from the row, after a wrong guess', outdated, false, [outdated.version, row.version]],
  ['is computed again from the row, after the guess that there is none', null, false, [null, row.version]],
  ['is computed again from the row, even after a right guess', row, false, [row.version, row.version]],
])('an update without a write %s', async (_title, known, isCurrent, versions) => {
  expect(await update(known, isCurrent, () => false)).toEqual({
    versions,
    result: `from ${row.version}`,
    version: row.version,
  });
});

test('an update without a write from a wrong guess can become a write', async () => {
  const updated = await update(outdated, false, ({ version }) => version === row.version);
  expect(updated).toMatchObject({ versions: [outdated.version, row.version], version: 'the update' });
});
