import { expect, test } from 'vitest';
import { createLocalMetrics, createLocalRequestLog } from '../../local/operations/sources/local-records.ts';

// Nothing listens here: it is the last port, which no system gives away by itself.
const base = 'http://127.0.0.1:65535';

test('the records of a local stack that has stopped end with a sentence that says what to do', async () => {
  const now = new Date();
  const message = `No local stack answers at ${base}: start one with "npm start"`;

  const requests = createLocalRequestLog(base).read({ since: now, refusedOnly: true });
  const metrics = createLocalMetrics(base).read([], { since: now, until: now, periodSeconds: 60 });

  await expect(requests).rejects.toThrow(message);
  await expect(metrics).rejects.toThrow(message);
});
