import { medianUsage, type Usage } from '../numbers/costs.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import { takeEvidenceJob } from '../system/evidence-jobs.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver, deliverToTextbook } from '../system/invoke.ts';
import { UsageMeter } from '../system/usage-meter.ts';
import { openVerificationStream, type VerificationStream } from '../system/verification-stream.ts';
import { awsCallMs } from './latency.ts';

/** What an IDnow case with three statements uses. */
export interface CaseUsage {
  /** The receiver and the relay of the three statements: state, history and events. */
  readonly webhooks: Usage;
  /** The job that archives the evidence, and the relay of its event. */
  readonly evidence: Usage;
  /** The textbook receiver with the same statements. It stores the state, the raw body and the event, too. */
  readonly textbook: Usage;
}

/** The textbook's idempotency records expire after an hour. */
const isKeptByTextbook = (table: string) => !table.includes('idempotency');

/** Plays cases one after the other, and returns the median of each figure. */
export async function measureCaseUsage(
  system: BenchSystem,
  functions: BenchFunctions,
  cases: number,
): Promise<CaseUsage> {
  const { proxy } = system;
  const stream = await openVerificationStream(system);
  const played: CaseUsage[] = [];
  proxy.asksForCapacity = true;
  proxy.callMs = awsCallMs;
  // The first case warms the functions up.
  for (let index = 0; index <= cases; index++) {
    const bodies = makeIdnowCase(`usage-${index}`);
    system.simulator.put(bodies[2]);
    const usage = {
      webhooks: await playWebhooks(system, functions, stream, bodies),
      evidence: await playEvidence(system, functions, stream),
      textbook: await playTextbook(system, functions, bodies),
    };
    if (index > 0) played.push(usage);
  }
  proxy.asksForCapacity = false;
  proxy.callMs = 0;
  stream.close();
  return {
    webhooks: medianUsage(played.map(({ webhooks }) => webhooks)),
    evidence: medianUsage(played.map(({ evidence }) => evidence)),
    textbook: medianUsage(played.map(({ textbook }) => textbook)),
  };
}

async function playWebhooks(
  system: BenchSystem,
  { receiver, relay }: BenchFunctions,
  stream: VerificationStream,
  bodies: readonly unknown[],
): Promise<Usage> {
  const meter = new UsageMeter(system);
  for (const body of bodies) {
    meter.addApiRequest();
    meter.addInvocation(receiver, await deliver(receiver, body));
    // Each record is relayed alone, as in a system without much traffic.
    for (const record of await stream.read()) {
      meter.addInvocation(relay, await relay.invoke({ Records: [record] }));
    }
  }
  return meter.read();
}

async function playEvidence(
  system: BenchSystem,
  { fetcher, relay }: BenchFunctions,
  stream: VerificationStream,
): Promise<Usage> {
  const job = await takeEvidenceJob(system);
  const meter = new UsageMeter(system);
  meter.addInvocation(fetcher, await fetcher.invoke({ Records: [job] }));
  for (const record of await stream.read()) {
    meter.addInvocation(relay, await relay.invoke({ Records: [record] }));
  }
  return meter.read();
}

async function playTextbook(
  system: BenchSystem,
  { storingTextbook }: BenchFunctions,
  bodies: readonly unknown[],
): Promise<Usage> {
  const meter = new UsageMeter(system, isKeptByTextbook);
  for (const body of bodies) {
    meter.addApiRequest();
    meter.addInvocation(storingTextbook, await deliverToTextbook(storingTextbook, body));
  }
  return meter.read();
}
