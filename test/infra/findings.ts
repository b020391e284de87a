import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { CfnResource, type PolicyViolation, type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { rulePacks } from '../../infra/template-checks.ts';

/** A resource that breaks a rule, or a construct at which the finding is accepted. */
export interface Finding {
  readonly rule: string;
  /** The path of the construct. */
  readonly path: string;
}

export interface AcceptedFinding extends Finding {
  readonly reason: string;
}

/** Returns what the rule packs of cdk-nag report, without the accepted findings. */
export function findOpenFindingsOfPacks(stack: Stack): Finding[] {
  return rulePacks.flatMap((Pack) => convert(new Pack(stack).validateScope(stack).violations));
}

/** Returns everything that the rule packs of cdk-nag report, accepted or not. */
export function findAllFindingsOfPacks(stack: Stack): Finding[] {
  return rulePacks.flatMap((Pack) => {
    const pack = new Pack(stack);
    // cdk-nag has no way to list accepted findings, so this replaces its private method.
    Object.defineProperty(pack, 'isAcknowledged', { value: () => false });
    return convert(pack.validateScope(stack).violations);
  });
}

function convert(violations: readonly PolicyViolation[]): Finding[] {
  return violations.flatMap(({ ruleName: rule, violatingResources: resources }) =>
    resources.map(({ constructPath: path = '' }) => ({ rule, path })),
  );
}

/** Returns everything that the rules of AWS Control Tower report about a template, accepted or not. */
export function findAllFindingsOfControlTower(stack: Stack, templateFile: string): Finding[] {
  const paths = new Map(
    stack.node
      .findAll()
      .filter((node) => CfnResource.isCfnResource(node))
      .map((resource) => [stack.getLogicalId(resource), resource.node.path]),
  );
  const context = { templatePaths: [templateFile], stackTemplates: [], appConstruct: stack.node.root };
  const rules = selectControlTowerRules(templateFile);
  const { violations } = new CfnGuardValidator({ controlTowerRulesEnabled: false, rules }).validate(context);
  return violations.flatMap(({ description, violatingResources: resources }) => {
    const [, rule = description] = /^\[(CT\.[A-Z0-9.]+)\]/.exec(description) ?? [];
    // For a value that CloudFormation joins from parts, cfn-guard reports the resource a second time, without its id.
    const ids = resources
      .map(({ resourceLogicalId: id }) => id)
      .filter((id) => id !== undefined && id !== '');
    return [...new Set(ids)].map((id) => ({ rule, path: paths.get(id) ?? `unknown resource ${id}` }));
  });
}

/**
 * Returns the files of the rules that name a resource type of the template. The other rules cannot find anything, and
 * would take most of the time.
 */
function selectControlTowerRules(templateFile: string): string[] {
  const { Resources: resources } = JSON.parse(readFileSync(templateFile, 'utf8'));
  const types = new Set(Object.values<{ Type: string }>(resources).map(({ Type: type }) => type));
  const directory = fileURLToPath(import.meta.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  return globSync(join(dirname(directory), 'rules/control-tower/**/*.guard')).filter((file) => {
    const rule = readFileSync(file, 'utf8');
    return [...types].some((type) => rule.includes(type));
  });
}

/** Returns the findings that the constructs of a stack accept. */
export function listAcceptedFindings(stack: Stack): AcceptedFinding[] {
  return stack.node.findAll().flatMap(acceptedAt);
}

function acceptedAt({ node }: IConstruct): AcceptedFinding[] {
  return (
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      // CDK accepts findings of its own check of the schema, for its own constructs.
      .filter(([rule]) => !rule.startsWith('CloudFormation-Validate::'))
      .map(([rule, reason]) => ({ rule: rule.replace(/^annotation::/i, ''), path: node.path, reason }))
  );
}

/** Returns true if a construct, or a construct around it, accepts the finding. */
export function isAccepted(finding: Finding, accepted: readonly AcceptedFinding[]): boolean {
  return accepted.some(({ rule, path }) => rule === finding.rule && contains(path, finding.path));
}

export function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
