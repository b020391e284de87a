import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { CfnResource, type PolicyViolation, type Stack } from 'aws-cdk-lib';
import type { Finding } from './findings.ts';
import type { SynthesizedStack } from './synthesized.ts';

type Resources = Readonly<Record<string, { readonly Type: string }>>;
type Template = Readonly<Record<string, unknown>> & { readonly Resources: Resources };

/** Rule files that name the same resource types of the templates. */
interface RuleGroup {
  readonly types: ReadonlySet<string>;
  readonly files: string[];
}

/**
 * Returns everything that the rules of AWS Control Tower report about each stack, accepted or not.
 *
 * cfn-guard needs a tenth of a second per rule and template, because it copies the whole template for each rule. So each
 * run has the rules about the same resource types, and templates that only contain these resources in full.
 *
 * @param directory an empty directory for the templates
 */
export function findAllFindingsOfControlTower(
  stacks: readonly SynthesizedStack[],
  directory: string,
): Map<Stack, Finding[]> {
  const templates = stacks.map(({ template }) => template.toJSON() as Template);
  const violations = groupRules(templates).flatMap(({ types, files }, group) => {
    mkdirSync(join(directory, `${group}`));
    const paths = templates.map((template, index) => {
      const path = join(directory, `${group}`, `${index}.json`);
      writeFileSync(path, JSON.stringify(withStubs(template, types)));
      return path;
    });
    const found = runCfnGuard(stacks, files, paths);
    const reported = found.flatMap(({ violatingResources }) =>
      violatingResources.map((each) => each.templatePath),
    );
    const unknown = reported.filter((path) => path === undefined || !paths.includes(path));
    if (unknown.length > 0) throw new Error(`cfn-guard reports findings in other files: ${unknown.join()}`);
    return found.map((violation) => ({ violation, paths }));
  });
  return new Map(
    stacks.map(({ stack }, index) => {
      const constructPaths = constructPathsOf(stack);
      return [
        stack,
        violations.flatMap(({ violation, paths }) => convert(violation, paths[index], constructPaths)),
      ];
    }),
  );
}

/**
 * Groups the rule files by the resource types of the templates that they name. The other rules cannot find anything, and
 * would take most of the time.
 */
function groupRules(templates: readonly Template[]): RuleGroup[] {
  const all = new Set(
    templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type: type }) => type)),
  );
  const directory = fileURLToPath(import.meta.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  const groups = new Map<string, RuleGroup>();
  for (const file of globSync(join(dirname(directory), 'rules/control-tower/**/*.guard')).toSorted()) {
    const rule = readFileSync(file, 'utf8');
    const types = [...all].filter((type) => rule.includes(type));
    const group = groups.get(types.join()) ?? { types: new Set(types), files: [] };
    groups.set(types.join(), group);
    group.files.push(file);
  }
  return [...groups.values()].filter(({ types }) => types.size > 0);
}

/** Returns the template with only the types of the resources of other types, because rules follow references to them. */
function withStubs(template: Template, types: ReadonlySet<string>): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const { Type: type } = resource;
    return [id, types.has(type) ? resource : { Type: type }] as const;
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

function runCfnGuard(
  [first]: readonly SynthesizedStack[],
  rules: readonly string[],
  templatePaths: string[],
): readonly PolicyViolation[] {
  if (first === undefined) return [];
  const context = { templatePaths, stackTemplates: [], appConstruct: first.stack.node.root };
  return new CfnGuardValidator({ controlTowerRulesEnabled: false, rules: [...rules] }).validate(context)
    .violations;
}

/** Returns the findings that a violation reports about one template. */
function convert(
  { description, violatingResources: resources }: PolicyViolation,
  templatePath: string | undefined,
  constructPaths: ReadonlyMap<string, string>,
): Finding[] {
  const [, rule = description] = /^\[(CT\.[A-Z0-9.]+)\]/.exec(description) ?? [];
  // For a value that CloudFormation joins from parts, cfn-guard reports the resource a second time, without its id.
  const ids = resources.flatMap(({ templatePath: of, resourceLogicalId: id = '' }) =>
    of === templatePath && id !== '' ? [id] : [],
  );
  return [...new Set(ids)].map((id) => ({ rule, path: constructPaths.get(id) ?? `unknown resource ${id}` }));
}

/** Returns the path of the construct of each resource, by the logical id. */
function constructPathsOf(stack: Stack): Map<string, string> {
  const resources = stack.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  return new Map(resources.map((resource) => [stack.getLogicalId(resource), resource.node.path]));
}
