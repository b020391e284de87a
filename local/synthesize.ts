import { readFile } from 'node:fs/promises';
import { App } from 'aws-cdk-lib';
import {
  ASSET_RESOURCE_METADATA_ENABLED_CONTEXT,
  DISABLE_ASSET_STAGING_CONTEXT,
  DISABLE_CREATION_STACK_TRACES,
  DISABLE_METADATA_STACK_TRACE,
  ENABLE_ADDITIONAL_METADATA_COLLECTION,
} from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { IdvWebhooksStack } from '../infra/stack.ts';
import { parseStage } from '../infra/stage.ts';

/**
 * Settings of the CDK for a synthesis of which only the template is used. The stack traces and the metadata of constructs
 * are not in the template, and take a third of the synthesis.
 */
export const onlyTemplate = {
  [DISABLE_METADATA_STACK_TRACE]: true,
  [DISABLE_CREATION_STACK_TRACES]: true,
  [ENABLE_ADDITIONAL_METADATA_COLLECTION]: false,
};

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

interface SynthesisOptions {
  /**
   * If true, the CloudFormation template is checked against CloudFormation's schemas and the rule packs of cdk-nag, as
   * `npm run synth` does. Default: false, because the check takes five seconds of CPU time and would delay the start of the local stack.
   */
  readonly validation?: boolean;
  /**
   * If true, the cloud assembly gets copies of the function bundles. Without copies, a later build would change the
   * functions of a running stack. Default: true.
   */
  readonly copiesBundles?: boolean;
}

/**
 * Synthesizes the CDK app for a stage in this process, without the CDK command line. Build the function bundles first,
 * with `bundleFunctions`.
 *
 * @returns the directory of the cloud assembly
 */
export async function synthesizeStage(
  stage: unknown,
  outdir: string,
  { validation = false, copiesBundles = true }: SynthesisOptions = {},
): Promise<string> {
  const cdkJson: unknown = JSON.parse(await readFile(new URL('../cdk.json', import.meta.url), 'utf8'));
  const context = {
    ...CdkJson.parse(cdkJson).context,
    // With this CDK setting, the CloudFormation template contains the path of each function's bundle. The CDK command
    // line sets it too.
    [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true,
    [DISABLE_ASSET_STAGING_CONTEXT]: !copiesBundles,
    ...(validation ? {} : onlyTemplate),
  };
  const app = new App({
    outdir,
    context,
    analyticsReporting: false,
    // Only the check reads the tree of constructs. Writing it takes a fifth of a synthesis.
    treeMetadata: validation,
    builtinCloudFormationValidation: validation,
  });
  if (validation) {
    // Load the rule packs only for a check, because loading them takes 0.3 s of CPU time.
    const { addTemplateChecks } = await import('../infra/template-checks.ts');
    addTemplateChecks(app);
  }
  new IdvWebhooksStack(app, parseStage(stage));
  return app.synth().directory;
}
