import { buildApp } from 'fauxqs';
import { localRegion } from '../aws-account.ts';
import type { CleanupList } from '../cleanup.ts';
import { addObjectVersionsToFauxqs } from './object-versions.ts';

/**
 * Starts the emulator fauxqs, which serves SQS and S3 on one port. We do not call its `startFauxqs`, which listens on
 * all interfaces. The queue URLs of `startFauxqs` also have the host `sqs.{region}.127.0.0.1`, which does not resolve.
 */
export async function startSqsAndS3Emulator(cleanup: CleanupList): Promise<string> {
  disableBufferPool();
  const app = buildApp({ logger: false, defaultRegion: localRegion });
  addObjectVersionsToFauxqs(app);
  cleanup.add(async () => {
    await app.close();
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/**
 * Disables Node's pool for small Buffers, because the pool wastes memory. The emulator fauxqs stores each received
 * object as a Buffer. Node.js takes a small Buffer (under 32 KiB in Node 24) from a slab of 64 KiB that several Buffers
 * share. A stored Buffer keeps its whole slab in memory: 16 KB for each object of 2.5 KB. Without the pool, a Buffer of
 * 2.5 KB uses 2.5 KB. `Buffer.poolSize` is a documented setting.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
function disableBufferPool(): void {
  Buffer.poolSize = 0;
}
