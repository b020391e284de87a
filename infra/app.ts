import { App } from 'aws-cdk-lib';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { bundleFunctions } from './bundle.ts';
import { IdvWebhooksStack } from './stack.ts';
import { parseStage } from './stage.ts';
import { stages } from './stages.ts';

/** The entry point of the CDK command line: `npm run synth`, `npm run deploy`. */
const app = new App();
const name: unknown = app.node.tryGetContext('stage') ?? 'test';
const stage = stages.find((candidate) => candidate.name === name);
if (stage === undefined) {
  const known = stages.map((candidate) => candidate.name).join(', ');
  throw new ConfigurationError(`infra/stages.ts has no stage "${String(name)}"; it has: ${known}`);
}
await bundleFunctions();
new IdvWebhooksStack(app, parseStage(stage));
