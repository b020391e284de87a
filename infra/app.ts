import { App } from 'aws-cdk-lib';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { bundleFunctions } from './bundle.ts';
import { IdvWebhooksStack } from './stack.ts';
import { parseStage, type Stage } from './stage.ts';
import { stages } from './stages.ts';
import { addTemplateChecks } from './template-checks.ts';

/** The entry point of the CDK command line, for `npm run synth` and `npm run deploy`. */
const app = new App();
addTemplateChecks(app);
try {
  const stage = chosenStage(app.node.tryGetContext('stage') ?? 'test');
  await bundleFunctions();
  new IdvWebhooksStack(app, stage);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // Print only the error's message, because it explains how to correct the stage. A stack trace would hide it.
  console.error(error.message);
  process.exit(1);
}

function chosenStage(name: unknown): Stage {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage !== undefined) return parseStage(stage);
  const names = stages.map((candidate) => candidate.name).join(', ');
  throw new ConfigurationError(`infra/stages.ts has no stage "${String(name)}"; its stages are: ${names}`);
}
