import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { ShootIdCredentials } from '../../shared/providers/shootid/evidence.ts';
import { shootidVerificationId } from '../../shared/providers/shootid/verification-id.ts';
import { generateSecret } from '../providers/generated.ts';
import { makeShootIdResult } from '../simulators/shootid/make-shootid-result.ts';
import { startShootIdSimulator } from '../simulators/shootid/start-shootid-simulator.ts';

/** Reads the ids of the verifications from a file with one transaction id per line. */
export async function readIds(file: string): Promise<string[]> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch(() => {
    throw new ConfigurationError(`${file}: cannot be read`);
  });
  const lines = text.split('\n').map((line) => line.trim());
  const ids = lines.map((line) => (line === '' ? '' : shootidVerificationId(line)));
  const bad = ids.indexOf(null);
  if (bad >= 0) throw new ConfigurationError(`${file}, line ${bad + 1}: is not a transaction id`);
  return [...new Set(ids.flatMap((id) => id || []))];
}

/** ShootID, or its simulator. */
export interface ShootIdAccess {
  readonly url: string;
  readonly credentials: ShootIdCredentials;
  stop(): Promise<void>;
}

/** Reads the credentials for ShootID from a file. @throws ConfigurationError if the file has none */
export async function readAccess(values: {
  'api-url': string;
  credentials?: string;
}): Promise<ShootIdAccess> {
  const { credentials: file, 'api-url': url } = values;
  if (file === undefined) throw new ConfigurationError('give --credentials or --simulate');
  try {
    const content = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
    return { url, credentials: ShootIdCredentials.parse(JSON.parse(content)), stop: async () => undefined };
  } catch {
    // Do not quote the error: it contains parts of the file, which holds a secret.
    throw new ConfigurationError(
      `--credentials ${file}: no JSON with applicationToken and applicationSecret`,
    );
  }
}

/** Starts a simulator that has a result for each id. */
export async function simulate(ids: readonly string[]): Promise<ShootIdAccess> {
  const credentials = { applicationToken: 'demo-application', applicationSecret: generateSecret() };
  const simulator = await startShootIdSimulator(credentials);
  for (const id of ids) {
    simulator.put(makeShootIdResult({ transactionId: decodeURIComponent(id.slice('shootid:'.length)) }));
  }
  return { url: simulator.url, credentials, stop: simulator.stop };
}
