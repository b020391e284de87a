import { buildApp } from 'fauxqs';
import { region } from '../aws-account.ts';
import type { Cleanup } from '../cleanup.ts';

/**
 * Starts fauxqs, which serves SQS and S3 on one port. This function does not call `startFauxqs`, because that function
 * listens on all interfaces, and its queue URLs have the host `sqs.{region}.127.0.0.1`, which does not resolve.
 */
export async function startSqsAndS3Emulator(cleanup: Cleanup): Promise<string> {
  disableBufferPool();
  const app = buildApp({ logger: false, defaultRegion: region });
  cleanup.add(async () => {
    await app.close();
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/**
 * Disables Node's pool for small Buffers. fauxqs stores the received Buffer of each object. Node.js allocates a small
 * Buffer (under 32 KiB in Node 24) from a shared slab of 64 KiB, and a stored Buffer keeps the whole slab in memory: 16
 * KB for each object of 2.5 KB. Without the pool, a Buffer of 2.5 KB uses 2.5 KB. `Buffer.poolSize` is a documented
 * setting.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
function disableBufferPool(): void {
  Buffer.poolSize = 0;
}
