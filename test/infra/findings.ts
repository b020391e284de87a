import { type PolicyViolation, type Stack, Validations } from 'aws-cdk-lib';
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
