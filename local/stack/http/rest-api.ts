import * as z from 'zod';
import { TemplateError } from '../errors.ts';
import type { StoppableLocalFunction } from '../functions/local-function.ts';
import { cloudFormationNumberSchema, parseResourceProperties } from '../template/cfn-values.ts';
import type { StackTemplate } from '../template/stack-template.ts';
import { type GatewayResponses, readGatewayResponses } from './gateway-responses.ts';
import { compileResourcePolicy, type ResourcePolicy } from './resource-policy.ts';

const restApiProperties = z.object({
  BinaryMediaTypes: z.array(z.string()).default([]),
  Body: z.never('an OpenAPI body is not read locally').optional(),
  Policy: z.unknown().optional(),
});

const resourceProperties = z.object({ ParentId: z.string(), PathPart: z.string() });

/**
 * The properties of a REST API method in the CloudFormation template. The schema is strict: if it ignored an authorizer
 * or a validator, the local stack would accept more requests than AWS.
 */
const methodProperties = z.strictObject({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  RestApiId: z.string(),
  AuthorizationType: z.literal('NONE').optional(),
  ApiKeyRequired: z.literal(false).optional(),
  OperationName: z.string().optional(),
  MethodResponses: z.unknown().optional(),
  RequestParameters: z.unknown().optional(),
  Integration: z.object({
    Type: z.literal('AWS_PROXY', 'only Lambda proxy integrations run locally'),
    Uri: z.string(),
    TimeoutInMillis: cloudFormationNumberSchema.default(29_000),
  }),
});

export interface RestApiMethod {
  /** The HTTP method. `ANY` means all methods. */
  httpMethod: string;
  /** The path as in the CloudFormation template, for example `/webhooks/{provider}`. */
  resource: string;
  resourceId: string;
  function: StoppableLocalFunction;
  timeoutMs: number;
}

export interface RestApi {
  id: string;
  stage: string;
  methods: RestApiMethod[];
  binaryMediaTypes: string[];
  gatewayResponses: GatewayResponses;
  /** True if the API's resource policy allows this request. */
  allows: ResourcePolicy;
}

/** Reads the REST API of the CloudFormation template. @returns undefined if the template has no REST API */
export function readRestApi(
  template: StackTemplate,
  functions: StoppableLocalFunction[],
): RestApi | undefined {
  const [api, ...others] = template.resources('AWS::ApiGateway::RestApi');
  if (api === undefined) return undefined;
  if (others.length > 0)
    throw new TemplateError('The template has several REST APIs; the local stack serves one');
  const { BinaryMediaTypes, Policy } = parseResourceProperties(restApiProperties, api);
  const paths = resourcePaths(template, api.reference.attributes.RootResourceId ?? '');
  const methods = template.resources('AWS::ApiGateway::Method').map((method): RestApiMethod => {
    const properties = parseResourceProperties(methodProperties, method);
    const resource = paths.get(properties.ResourceId);
    if (resource === undefined)
      throw new TemplateError(`Method ${method.logicalId} belongs to no known resource`);
    const target = functions.find(({ arn }) => properties.Integration.Uri.includes(`/functions/${arn}/`));
    if (target === undefined)
      throw new TemplateError(`Method ${method.logicalId} calls no function of the template`);
    return {
      httpMethod: properties.HttpMethod,
      resource,
      resourceId: properties.ResourceId,
      function: target,
      timeoutMs: properties.Integration.TimeoutInMillis,
    };
  });
  return {
    id: api.reference.ref,
    stage: template.resources('AWS::ApiGateway::Stage')[0]?.reference.ref ?? 'local',
    methods,
    binaryMediaTypes: BinaryMediaTypes,
    gatewayResponses: readGatewayResponses(template),
    allows: compileResourcePolicy(Policy),
  };
}

/** Returns the full path of each resource of the REST API, by the resource's id. */
function resourcePaths(template: StackTemplate, rootId: string): Map<string, string> {
  const resources = new Map(
    template
      .resources('AWS::ApiGateway::Resource')
      .map((resource) => [resource.reference.ref, parseResourceProperties(resourceProperties, resource)]),
  );
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    if (resource === undefined) {
      if (id === rootId) return '';
      throw new TemplateError(`No API resource ${id} in the template`);
    }
    return `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  return new Map([[rootId, '/'], ...[...resources.keys()].map((id): [string, string] => [id, pathOf(id)])]);
}
