import { buildApp } from 'fauxqs';
import { region } from '../aws-account.ts';
import type { Cleanup } from '../cleanup.ts';

/**
 * Starts fauxqs, which serves SQS and S3 on one port. Not through its startFauxqs: that listens on every
 * interface, and names queues `sqs.{region}.127.0.0.1`, a host that does not resolve.
 */
export async function startSqsAndS3Emulator(cleanup: Cleanup): Promise<string> {
  const app = buildApp({ logger: false, defaultRegion: region });
  cleanup.add(async () => {
    await app.close();
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}
