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
  /** The source of `index.js`, by asset name. */
  bundles?: Record<string, string>;
}

/** Writes a cloud assembly without a synthesis. Returns its directory. */
export async function writeAssembly(fixture: Fixture): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'assembly-'));
  const artifacts = {
    Fixture: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Fixture.template.json' } },
  };
  const template = { Resources: fixture.resources, Outputs: fixture.outputs ?? {} };
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ version: '53.0.0', artifacts }));
  await writeFile(join(directory, 'Fixture.template.json'), JSON.stringify(template));
  // As in the project itself, where cdk.out is inside a package of ES modules.
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

/** Returns a table resource with the partition key `id`. */
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

/** Returns a mapping that passes the stream of a table, from its beginning, to a function. */
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

/** Returns a function resource that runs the bundle with this name. */
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
