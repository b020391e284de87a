import * as z from 'zod';
import { type IdnowSimulator, startIdnowSimulator } from '../../simulators/idnow/start-idnow-simulator.ts';
import type { BenchRow } from '../numbers/bench-row.ts';
import { computeMedian } from '../numbers/statistics.ts';
import { benchAccount } from '../system/bench-account.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import { bundleReference } from '../system/bundle-references.ts';
import { takeEvidenceJob } from '../system/evidence-jobs.ts';
import type { Invocation } from '../system/function-process.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver } from '../system/invoke.ts';
import { openVerificationStream } from '../system/verification-stream.ts';

const MiB = 1024 ** 2;

interface ArchiveOptions {
  readonly bytes: number;
  /** The number of measured transfers. One more transfer before them warms the functions up. */
  readonly rounds: number;
}

/** Measures the archiving of a large ZIP, compared with reading and hashing the same ZIP. */
export async function measureArchive(
  system: BenchSystem,
  functions: BenchFunctions,
  { bytes, rounds }: ArchiveOptions,
): Promise<BenchRow[]> {
  const simulator = await startIdnowSimulator({ accounts: [benchAccount], zipPadding: bytes });
  try {
    const deployed = system.functionSource('fetch-idnow-evidence');
    const fetcher = await system.start({
      ...deployed,
      environment: {
        ...deployed.environment,
        IDNOW_API_URL: simulator.url,
        // Not through the proxy, which would hold the whole file in memory.
        AWS_ENDPOINT_URL_S3: system.endpoints.sqs,
      },
    });
    const reader = await system.start({
      bundle: await bundleReference('read-and-hash', system.scratch),
      environment: system.awsEnvironment,
      memoryMb: deployed.memoryMb,
    });
    const archived: Invocation[] = [];
    const read: Invocation[] = [];
    for (let round = 0; round <= rounds; round++) {
      const transaction = `archive-${round}`;
      const job = await requestEvidence(system, functions, simulator, transaction);
      const archive = await fetcher.invoke({ Records: [job] });
      assertArchived(archive);
      const download = await reader.invoke(await downloadOf(simulator, transaction));
      if (round === 0) continue;
      archived.push(archive);
      read.push(download);
    }
    return rowsOf(bytes, archived, read);
  } finally {
    await simulator.stop();
  }
}

function rowsOf(bytes: number, archived: Invocation[], read: Invocation[]): BenchRow[] {
  const size = `${Math.round(bytes / MiB)} MiB`;
  const [archiveMs, readMs] = [archived, read].map((group) => computeMedian(group.map(({ cpuMs }) => cpuMs)));
  const peakMb = Math.max(...archived.map(({ peakBytes }) => peakBytes)) / 1_000_000;
  const readPeakMb = Math.max(...read.map(({ peakBytes }) => peakBytes)) / 1_000_000;
  const seconds = computeMedian(archived.map(({ ms }) => ms)) / 1000;
  return [
    {
      id: 'archive-cpu',
      measure: `archiving ${size}: CPU ÷ read and hash`,
      value: (archiveMs ?? 0) / (readMs ?? 1),
      unit: 'ratio',
      goal: 2,
      detail: `${archiveMs?.toFixed(0)} ms ÷ ${readMs?.toFixed(0)} ms; takes ${seconds.toFixed(1)} s`,
    },
    {
      id: 'archive-memory',
      measure: `archiving ${size}: peak memory`,
      value: peakMb,
      unit: 'MB',
      goal: 250,
      detail: `resident memory; reading and hashing takes ${readPeakMb.toFixed(0)} MB`,
    },
  ];
}

/** Delivers the final statement of a case, and relays it. Returns the job that requests the case's evidence. */
async function requestEvidence(
  system: BenchSystem,
  { receiver, relay }: BenchFunctions,
  simulator: IdnowSimulator,
  transaction: string,
) {
  const [, , success] = makeIdnowCase(transaction);
  simulator.put(success);
  const stream = await openVerificationStream(system);
  await deliver(receiver, success);
  await relay.invoke({ Records: await stream.read() });
  stream.close();
  return takeEvidenceJob(system);
}

const Failures = z.object({ batchItemFailures: z.array(z.unknown()).length(0) });

/** Without this check, the bench would measure a job that failed. */
function assertArchived({ payload }: Invocation): void {
  Failures.parse(JSON.parse(payload));
}

const Login = z.object({ authToken: z.string() });

/** Logs in at the simulator, and returns the request for the ZIP of a case. */
async function downloadOf({ url }: IdnowSimulator, transaction: string) {
  const { companyId, apiKey } = benchAccount;
  const base = `${url}/api/v1/${companyId}`;
  const response = await fetch(`${base}/login`, { method: 'POST', body: JSON.stringify({ apiKey }) });
  const { authToken } = Login.parse(await response.json());
  return {
    url: `${base}/identifications/${transaction}.zip`,
    headers: { 'x-api-login-token': authToken },
  };
}
