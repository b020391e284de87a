import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { TemplateError } from '../errors.ts';

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      // Only stacks have a CloudFormation template. Other entries of the cloud assembly, such as assets and reports,
      // have none.
      properties: z
        .looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});

const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Metadata: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown(), Condition: z.string().optional() }))
    .default({}),
});

type Template = z.infer<typeof templateSchema>;

export interface CloudAssembly {
  directory: string;
  stackName: string;
  template: Template;
}

/** Reads the only stack of a synthesized cloud assembly (`cdk.out`). */
export async function readCloudAssembly(directory: string): Promise<CloudAssembly> {
  const manifest = manifestSchema.parse(await readJson(join(directory, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const [stack, ...others] = stacks;
  if (stack === undefined) throw new TemplateError(`${directory} holds no stack: run the synthesis first`);
  if (others.length > 0) {
    const names = stacks.map(([id]) => id).join(', ');
    throw new TemplateError(`${directory} holds several stacks (${names}); the local stack runs one`);
  }
  const [artifactId, { properties }] = stack;
  if (properties?.templateFile === undefined)
    throw new TemplateError(`Stack ${artifactId} names no template file`);
  const template = templateSchema.parse(await readJson(join(directory, properties.templateFile)));
  return { directory, stackName: properties.stackName ?? artifactId, template };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read: run the synthesis first`, { cause });
  }
}
