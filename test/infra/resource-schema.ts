import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType } from '@aws-cdk/service-spec-types';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

const spec = loadAwsServiceSpecSync();

/** Returns each property of a template that does not match the schema of CloudFormation, with the reason. */
export function findSchemaErrors(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(
    ([logicalId, { Type: type, Properties: properties = {} }]) => {
      // A custom resource has the properties that its function reads, so it has no schema.
      if (type === 'AWS::CDK::Metadata' || type.startsWith('Custom::')) return [];
      const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
      if (resource === undefined) return [`${logicalId}: CloudFormation has no resource type ${type}`];
      return checkMembers(properties, resource.properties, `${logicalId}`);
    },
  );
}

type Members = Readonly<Record<string, { readonly type: PropertyType; readonly required?: boolean }>>;

/** A reference to another value of the template, such as `{ Ref: … }`. Only CloudFormation knows its value. */
function isIntrinsic(value: unknown): boolean {
  const keys = Object.keys(Object(value));
  return keys.length === 1 && /^(Ref|Fn::.*)$/.test(keys[0] ?? '');
}

function checkMembers(value: unknown, members: Members, path: string): string[] {
  if (!isMap(value)) return [`${path}: ${JSON.stringify(value)} is not an object`];
  const missing = Object.entries(members)
    .filter(([name, { required }]) => required === true && !(name in value))
    .map(([name]) => `${path}.${name}: is required`);
  const invalid = Object.entries(value).flatMap(([name, item]) => {
    const member = members[name];
    return member === undefined
      ? [`${path}.${name}: CloudFormation does not know this property`]
      : checkValue(item, member.type, `${path}.${name}`);
  });
  return [...missing, ...invalid];
}

function checkValue(value: unknown, type: PropertyType, path: string): string[] {
  if (isIntrinsic(value)) return [];
  const unless = (isValid: boolean) =>
    isValid ? [] : [`${path}: ${JSON.stringify(value)} is not of the type ${type.type}`];
  switch (type.type) {
    case 'string':
      return unless(['string', 'number', 'boolean'].includes(typeof value));
    case 'number':
    case 'integer':
      return unless(typeof value !== 'object' && Number.isFinite(Number(value)));
    case 'boolean':
      return unless(['true', 'false'].includes(String(value)));
    case 'array':
      if (!Array.isArray(value)) return unless(false);
      return value.flatMap((item, index) => checkValue(item, type.element, `${path}.${index}`));
    case 'map':
      if (!isMap(value)) return unless(false);
      return Object.entries(value).flatMap(([name, item]) =>
        checkValue(item, type.element, `${path}.${name}`),
      );
    case 'ref':
      return checkMembers(value, spec.get('typeDefinition', type.reference.$ref).properties, path);
    case 'tag':
      return unless(isMap(value) && typeof value.Key === 'string' && typeof value.Value === 'string');
    case 'union': {
      const errors = type.types.map((each) => checkValue(value, each, path));
      return errors.some((each) => each.length === 0) ? [] : (errors[0] ?? []);
    }
    case 'json':
    case 'date-time':
    case 'null':
      return [];
    default:
      throw new Error(`${path}: unknown type in the schema: ${JSON.stringify(type)}`);
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
