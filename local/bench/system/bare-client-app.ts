/**
 * A CDK app with one function: a `NodejsFunction` with default options.
 * Arguments: the directory of the cloud assembly, and the source file of the function.
 */
import { readFile } from 'node:fs/promises';
import { App, Stack } from 'aws-cdk-lib';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as z from 'zod';

const [, , outdir = '', entry = ''] = process.argv;
const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const cdkJson: unknown = JSON.parse(await readFile(new URL('../../../cdk.json', import.meta.url), 'utf8'));
const { context } = CdkJson.parse(cdkJson);
const app = new App({ outdir, context, analyticsReporting: false, builtinCloudFormationValidation: false });
new NodejsFunction(new Stack(app, 'Bare'), 'Function', { entry });
app.synth();
