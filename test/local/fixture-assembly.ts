import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FixtureResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

export interface Fixture {
  resources: Record<string, FixtureResource>;
  outputs?: Record<string, { Value: unknown }>;
  /** The source code of each function's `index.js`, by the name of its bundle. */
  bundles?: Record<string, string>;
}

/** Writes the files of a cloud assembly directly, without the CDK. Returns their directory. */
export async function writeAssembly(fixture: Fixture): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'assembly-'));
  const artifacts = {
    Fixture: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Fixture.template.json' } },
  };
  const template = { Resources: fixture.resources, Outputs: fixture.outputs ?? {} };
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ version: '53.0.0', artifacts }));
  await writeFile(join(directory, 'Fixture.template.json'), JSON.stringify(template));
  // In the project, cdk.out is inside a package of ES modules. This package.json puts the fixture's bundles into one too.
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const [name, source] of Object.entries(fixture.bundles ?? {})) {
    await mkdir(join(directory, `asset.${name}`));
    await writeFile(join(directory, `asset.${name}`, 'index.js'), source);
  }
  return directory;
}

export async function removeAssembly(directory: string): Promise<void> {
  await rm(directory, { recursive: true });
}

/** Returns a DynamoDB table for a template, with the partition key `id`. */
export function tableResource(properties: Record<string, unknown> = {}): FixtureResource {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ...properties,
    },
  };
}

/** Returns an event source mapping for a template. It passes a table's stream, from its beginning, to a function. */
export function streamMapping(
  table: string,
  functionId: string,
  properties: Record<string, unknown> = {},
): FixtureResource {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: functionId },
      EventSourceArn: { 'Fn::GetAtt': [table, 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    },
  };
}

/** Returns a Lambda function for a template. The function has the name of the bundle that it runs. */
export function functionResource(bundle: string, properties: Record<string, unknown> = {}): FixtureResource {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 20,
      FunctionName: bundle,
      ...properties,
    },
    Metadata: { 'aws:asset:path': `asset.${bundle}` },
  };
}
