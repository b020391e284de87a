import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IdvWebhooksStack } from '../../infra/stack.ts';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { onlyTemplate } from '../../local/synthesize.ts';

export const testStage: StageInput = {
  name: 'test',
  live: false,
  idnow: { apiUrl: 'https://gateway.test.idnow.de', sourceIps: ['test'] },
  id360: { apiUrl: 'https://preprod.id360docaposte.com' },
  datakeen: { apiUrl: 'https://staging.datakeen.co', newStatusFrom: 'every-url' },
};

export const liveStage: StageInput = {
  name: 'live',
  live: true,
  account: '111122223333',
  region: 'eu-central-1',
  edge: { cloudWatchRole: 'exists' },
  idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'] },
  id360: {
    apiUrl: 'https://id360docaposte.com',
    sourceIps: ['203.0.113.0/24'],
    pdfPath: 'api/1.0.0/enrollment/{id}/pdf',
  },
  datakeen: {
    apiUrl: 'https://app-v3.datakeen.co',
    authorizationScheme: 'Bearer',
    sourceIps: ['203.0.113.0/24'],
    newStatusFrom: { reference: 'back-office' },
  },
};

const { context: ours } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

const context = { ...ours, ...onlyTemplate };

export interface SynthesizedStack {
  readonly stack: IdvWebhooksStack;
  readonly template: Template;
}

/** The stacks that this process has synthesized, by the JSON of their stage. A synthesis takes a third of a second. */
const synthesized = new Map<string, SynthesizedStack>();

/**
 * Synthesizes the stack of a stage, like `npm run synth`. Tests share the stack of equal stages, so they only read it.
 */
export function synthesizeForTest(stage: StageInput = liveStage): SynthesizedStack {
  const key = JSON.stringify(stage);
  const earlier = synthesized.get(key);
  if (earlier !== undefined) return earlier;
  const now = synthesize(stage);
  synthesized.set(key, now);
  return now;
}

function synthesize(stage: StageInput): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesized-'));
  try {
    // The synthesis does not validate the template, because `validation.test.ts` does.
    const app = new App({
      context,
      analyticsReporting: false,
      treeMetadata: false,
      outdir,
      builtinCloudFormationValidation: false,
    });
    const stack = new IdvWebhooksStack(app, parseStage(stage));
    return { stack, template: Template.fromStack(stack) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Returns the logical id of the evidence bucket. The stack has a second bucket, for access logs. */
export function evidenceBucketId(template: Template): string {
  const [id] = Object.keys(
    template.findResources('AWS::S3::Bucket', { Properties: { ObjectLockEnabled: true } }),
  );
  if (id === undefined) throw new Error('the template has no bucket with Object Lock');
  return id;
}
