import type { BenchSystem } from './bench-system.ts';
import { bundleReference } from './bundle-references.ts';
import type { FunctionProcess } from './function-process.ts';
import { createReferenceResources } from './reference-resources.ts';

/** The memory of the receiver in the template. The textbook receiver gets the same. */
const receiverMemoryMb = 1024;

/** The instances of functions that the bench invokes. */
export interface BenchFunctions {
  readonly receiver: FunctionProcess;
  /** Another instance of the receiver, which has not seen the cases of the first one. */
  readonly otherReceiver: FunctionProcess;
  readonly relay: FunctionProcess;
  readonly fetcher: FunctionProcess;
  readonly textbook: FunctionProcess;
  /** The textbook receiver that also stores the state, the raw body and the event. */
  readonly storingTextbook: FunctionProcess;
  readonly updateItem: FunctionProcess;
}

/** Starts the functions that the bench invokes, and creates the resources of those that ours are compared with. */
export async function startBenchFunctions(system: BenchSystem): Promise<BenchFunctions> {
  const { scratch, awsEnvironment } = system;
  const { origin: sqsUrl } = new URL(system.outputs.EventsQueueUrl ?? '');
  const { STORE_TABLE, ...textbookEnvironment } = await createReferenceResources({ ...system, sqsUrl });
  const textbook = await bundleReference('textbook-receiver', scratch);
  const updateItem = await bundleReference('update-item', scratch);
  const reference = (bundle: string, environment: Record<string, string>) =>
    system.start({
      bundle,
      environment: { ...awsEnvironment, ...environment },
      memoryMb: receiverMemoryMb,
    });
  return {
    receiver: await system.start(system.functionSource('receive-idnow')),
    otherReceiver: await system.start(system.functionSource('receive-idnow')),
    relay: await system.start(system.functionSource('relay-events')),
    fetcher: await system.start(system.functionSource('fetch-idnow-evidence')),
    textbook: await reference(textbook, textbookEnvironment),
    storingTextbook: await reference(textbook, { ...textbookEnvironment, STORE_TABLE }),
    updateItem: await reference(updateItem, { STORE_TABLE }),
  };
}
