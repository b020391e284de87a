import { TemplateError } from '../errors.ts';
import { isPlainObject } from './is-record.ts';

/**
 * The value of CloudFormation's pseudo parameter AWS::NoValue. Properties and list entries with this value are removed.
 */
const noValue = Symbol('AWS::NoValue');

/**
 * Looks up the names in an expression of the CloudFormation template: references, attributes, conditions and mappings.
 * Each function throws a TemplateError for an unknown name.
 */
export interface TemplateNameResolver {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
}

/**
 * Resolves all intrinsic functions in a value of the CloudFormation template.
 * @throws TemplateError for an unknown intrinsic function
 */
export function resolveIntrinsics(value: unknown, scope: TemplateNameResolver): unknown {
  const resolved = resolve(value, scope);
  return resolved === noValue ? undefined : resolved;
}

function resolve(value: unknown, scope: TemplateNameResolver): unknown {
  if (typeof value === 'string') return refuseDynamicReference(value);
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    return callIntrinsic(only[0], only[1], scope);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== noValue),
  );
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function callIntrinsic(name: string, operand: unknown, scope: TemplateNameResolver): unknown {
  switch (name) {
    case 'Ref':
      return operand === 'AWS::NoValue' ? noValue : scope.ref(text(operand, name));
    case 'Fn::GetAtt':
      return getAttribute(operand, scope);
    case 'Fn::Join': {
      const [separator, parts] = list(operand, name);
      return list(resolve(parts, scope), name)
        .map((part) => text(part, name))
        .join(text(separator, name));
    }
    case 'Fn::Sub':
      return substitute(operand, scope);
    case 'Fn::Select': {
      const [index, items] = list(operand, name);
      return list(resolve(items, scope), name)[Number(resolve(index, scope))];
    }
    case 'Fn::Split': {
      const [separator, source] = list(operand, name);
      return text(resolve(source, scope), name).split(text(separator, name));
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = list(operand, name);
      return resolve(scope.condition(text(condition, name)) ? whenTrue : whenFalse, scope);
    }
    case 'Fn::FindInMap': {
      const [map, top, second] = list(resolve(operand, scope), name).map((part) => text(part, name));
      return scope.mapping(map ?? '', top ?? '', second ?? '');
    }
    default:
      throw new TemplateError(`The template uses ${name}, which the local stack does not know`);
  }
}

function getAttribute(operand: unknown, scope: TemplateNameResolver): string {
  const [logicalId, attribute] =
    typeof operand === 'string' ? operand.split(/\.(.*)/s) : list(operand, 'Fn::GetAtt');
  return scope.attribute(text(logicalId, 'Fn::GetAtt'), text(attribute, 'Fn::GetAtt'));
}

function substitute(operand: unknown, scope: TemplateNameResolver): string {
  const [template, variables] = Array.isArray(operand) ? operand : [operand, {}];
  const own = isPlainObject(variables) ? variables : {};
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    if (name in own) return text(resolve(own[name], scope), 'Fn::Sub');
    return text(name.includes('.') ? getAttribute(name, scope) : scope.ref(name), 'Fn::Sub');
  });
}

/**
 * Throws for a dynamic reference, such as `{{resolve:ssm:name}}`. The local stack cannot resolve it, so a function
 * would get the text of the reference.
 */
function refuseDynamicReference(value: string): string {
  if (!value.includes('{{resolve:')) return value;
  throw new TemplateError(
    `The template uses a dynamic reference, which the local stack does not know: ${value}`,
  );
}

function list(value: unknown, intrinsic: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`${intrinsic} needs a list, not ${JSON.stringify(value)}`);
}

function text(value: unknown, intrinsic: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${intrinsic} needs a text, not ${JSON.stringify(value)}`);
}
