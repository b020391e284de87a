import { App } from 'aws-cdk-lib';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { bundleFunctions } from './bundle.ts';
import { chooseStage } from './choose-stage.ts';
import { IdvWebhooksStack } from './stack.ts';
import { explainWrongAccount } from './stage/account.ts';
import { adviseStage } from './stage/advice.ts';
import { addTemplateChecks } from './template-checks.ts';

/** The entry point of the CDK command line, for `npm run synth`, `npm run diff` and `npm run deploy`. */
const app = new App();
addTemplateChecks(app);
try {
  const stage = chooseStage(app.node.tryGetContext('stage') ?? 'test');
  // The CDK command line sets the variable if the shell has credentials.
  const wrong = explainWrongAccount(stage, process.env.CDK_DEFAULT_ACCOUNT);
  if (wrong !== null) throw new ConfigurationError(`stage: ${wrong}`);
  for (const advice of adviseStage(stage)) console.error(advice);
  await bundleFunctions();
  new IdvWebhooksStack(app, stage);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // Print only the error's message, because it explains how to correct the stage. A stack trace would hide it.
  console.error(error.message);
  process.exit(1);
}
