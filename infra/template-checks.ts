import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

/** The rule packs of cdk-nag that each template must pass. */
export const rulePacks = [AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks] as const;

/**
 * Makes the synthesis fail if a resource breaks a rule and its construct does not accept the finding. So this also holds
 * for a stage that no test knows. `test/infra/findings.test.ts` also checks the rules of AWS Control Tower, which take
 * eight seconds and need a binary of their own.
 */
export function addTemplateChecks(app: App): void {
  Validations.of(app).addPlugins(...rulePacks.map((Pack) => new Pack(app)));
}
