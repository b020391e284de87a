import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartedProviders } from '../../../local/providers/start-providers.ts';

/** The name of the stage that the tests deploy. */
export const stageName = 'emulated';
export const stackName = `idv-webhooks-${stageName}`;

/**
 * Describes the tested stage in `infra/stages.ts` of a copy of the project, as a user does for a stage of their own. The
 * APIs of the providers are the simulators. So the commands find this stage as they find any other.
 */
export async function writeStageFile(project: string, providers: StartedProviders): Promise<void> {
  const sections = Object.entries(providers).map(([name, { stage }]) => [name, stage]);
  // The function of the CDK that empties buckets cannot answer an emulator, because it ignores the port of the URL.
  const stage = {
    name: stageName,
    live: false,
    deleteDataWithStack: false,
    ...Object.fromEntries(sections),
  };
  await writeFile(join(project, 'infra/stages.ts'), `export const stages = ${JSON.stringify([stage])};\n`);
}
