import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of the template checks at a construct and everything in it. `test/infra/findings.test.ts` fails if a
 * finding is not accepted, and also if an accepted finding does not exist any more.
 *
 * @param reason why the finding is no risk here, for the security officer who reads the list of accepted findings
 * @param rules the names of the rules, such as `AwsSolutions-S1` of cdk-nag or `CT.S3.PR.4` of AWS Control Tower
 *
 * @example acknowledgeFindings(queue, 'This queue is itself a dead-letter queue.', 'CT.SQS.PR.1');
 */
export function acknowledgeFindings(scope: IConstruct, reason: string, ...rules: readonly string[]): void {
  Validations.of(scope).acknowledge(...rules.map((id) => ({ id, reason })));
}
