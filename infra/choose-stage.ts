import { ConfigurationError } from '../shared/platform/errors.ts';
import { parseStage, type Stage } from './stage.ts';
import { stages } from './stages.ts';

/** Finds a stage of `infra/stages.ts` by its name. @throws ConfigurationError if it is unknown or invalid */
export function chooseStage(name: unknown): Stage {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage !== undefined) return parseStage(stage);
  const names = stages.map((candidate) => candidate.name).join(', ');
  throw new ConfigurationError(`infra/stages.ts has no stage "${String(name)}"; its stages are: ${names}`);
}
