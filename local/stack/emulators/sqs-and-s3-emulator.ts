import { buildApp } from 'fauxqs';
import { region } from '../aws-account.ts';
import type { Cleanup } from '../cleanup.ts';

/**
 * Starts fauxqs, which serves SQS and S3 on one port. Not through its startFauxqs: that listens on every
 * interface, and names queues `sqs.{region}.127.0.0.1`, a host that does not resolve.
 */
export async function startSqsAndS3Emulator(cleanup: Cleanup): Promise<string> {
  keepSmallBuffersApart();
  const app = buildApp({ logger: false, defaultRegion: region });
  cleanup.add(async () => {
    await app.close();
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/**
 * fauxqs keeps each object's body as the Buffer that came in. Node.js cuts a small Buffer (under 32 KiB, in Node 24)
 * out of a slab of 64 KiB that it shares with others, and one stored body keeps the whole slab: 16 KB of memory for
 * each object of 2.5 KB. Without the pool a body takes what it is long. The size is documented as one to set.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
function keepSmallBuffersApart(): void {
  Buffer.poolSize = 0;
}
