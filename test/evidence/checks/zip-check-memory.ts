import { parentPort } from 'node:worker_threads';
import { createContentCheck } from '../../../shared/evidence/checks/start-check.ts';
import { heldBytes } from '../../support/held-bytes.ts';
import { zipOf } from '../zip-fixture.ts';

/** Pushes 100 MiB to the check of a ZIP, and posts the check's result and the most bytes that the check held. */
const MiB = 1024 * 1024;
const check = await createContentCheck(
  { kind: 'zip' },
  { bytes: await zipOf({ 'a.txt': 'text' }), declared: 'application/zip', isHashed: false },
);
const before = heldBytes();
let maxBytes = 0;
for (let mib = 1; mib <= 100; mib++) {
  check.push(Buffer.alloc(MiB, mib));
  if (mib % 20 === 0) maxBytes = Math.max(maxBytes, heldBytes() - before);
}
parentPort?.postMessage({ kind: (await check.end()).kind, maxBytes });
