import type { ResolvedResource, StackTemplate } from '../template/stack-template.ts';

/**
 * Returns the functions of the CloudFormation template that the local stack runs: all, except for the handlers of custom
 * resources, which only CloudFormation invokes.
 */
export function listFunctionResources(template: StackTemplate): ResolvedResource[] {
  const handlers = new Set(
    template.resources('Custom::S3AutoDeleteObjects').map(({ properties }) => properties.ServiceToken),
  );
  return template
    .resources('AWS::Lambda::Function')
    .filter(({ reference }) => !handlers.has(reference.attributes.Arn));
}
