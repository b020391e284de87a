import type { Fixture, FixtureResource } from './fixture-assembly.ts';
import { functionResource } from './fixture-assembly.ts';

/** Returns a fixture with a REST API. The function `echo` answers all routes. */
export function apiFixture(
  routes: [httpMethod: string, path: string][],
  source: string,
  more: Record<string, FixtureResource> = {},
  binaryMediaTypes: string[] = ['*/*'],
): Fixture {
  const resources: Record<string, FixtureResource> = {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'api', BinaryMediaTypes: binaryMediaTypes },
    },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'prod' } },
    Echo: functionResource('echo', { Timeout: 5 }),
  };
  for (const [HttpMethod, path] of routes) {
    const { reference, id } = addPath(resources, path);
    resources[id + HttpMethod] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod,
        ResourceId: reference,
        RestApiId: { Ref: 'Api' },
        AuthorizationType: 'NONE',
        Integration: integration,
      },
    };
  }
  return { resources: { ...resources, ...more }, bundles: { echo: source } };
}

/** The integration of a route with the function `echo`, as the CDK writes it into a template. */
const integration = {
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':apigateway:',
        { Ref: 'AWS::Region' },
        ':lambda:path/2015-03-31/functions/',
        { 'Fn::GetAtt': ['Echo', 'Arn'] },
        '/invocations',
      ],
    ],
  },
};

/**
 * Adds one API Gateway resource for each segment of a path. Returns a reference to the last resource, and a logical id for
 * the path.
 */
function addPath(
  resources: Record<string, FixtureResource>,
  path: string,
): { reference: object; id: string } {
  let reference: object = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  let id = 'Root';
  for (const PathPart of path.split('/').filter((part) => part !== '')) {
    id += PathPart.replace(/\W/g, 'X');
    resources[id] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ParentId: reference, PathPart, RestApiId: { Ref: 'Api' } },
    };
    reference = { Ref: id };
  }
  return { reference, id };
}
