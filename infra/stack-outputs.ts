import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { capitalizeProviderName } from './capitalized.ts';
import { NodeFunction } from './lambda-function.ts';

/** Adds an output for each value. CloudFormation shows outputs after the deployment. */
export function addOutputs(stack: Stack, values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) new CfnOutput(stack, name, { value });
}

/**
 * Returns the log group of each function in the stack, by the name of its output.
 *
 * @example { ReceiveIdnowLogGroupName: '…', RelayEventsLogGroupName: '…' }
 */
export function listLogGroupNames(stack: Stack): Record<string, string> {
  const functions = stack.node.findAll().filter((construct) => construct instanceof NodeFunction);
  return Object.fromEntries(
    functions.map(({ shortName, logGroup }) => [
      `${shortName.split('-').map(capitalizeProviderName).join('')}LogGroupName`,
      logGroup.logGroupName,
    ]),
  );
}
