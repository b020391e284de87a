import { TemplateError } from '../errors.ts';
import { isPlainObject } from '../template/is-record.ts';

export type EventSourceRecordFilter = (record: unknown) => boolean;

/**
 * Compiles the filter patterns of an event source mapping to one function. The function accepts a record if a pattern
 * matches, or if there are no patterns. The operators equality, prefix, suffix, exists, anything-but and numeric are
 * supported.
 * @throws TemplateError that names an unsupported operator
 */
export function compileFilterPatterns(mapping: string, patterns: string[]): EventSourceRecordFilter {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map((pattern) => compile(mapping, JSON.parse(pattern)));
  return (record) => filters.some((matches) => matches(record));
}

function compile(where: string, pattern: unknown): EventSourceRecordFilter {
  if (Array.isArray(pattern)) {
    const rules = pattern.map((rule) => compileRule(where, rule));
    return (value) => rules.some((matches) => matches(value));
  }
  if (!isPlainObject(pattern))
    throw new TemplateError(`${where}: a filter needs a list of values, not ${String(pattern)}`);
  const fields = Object.entries(pattern).map(([name, nested]) => {
    if (name.startsWith('$'))
      throw new TemplateError(`${where}: filter operator ${name} is not supported locally`);
    return { name, matches: compile(`${where}.${name}`, nested) };
  });
  return (value) =>
    fields.every(({ name, matches }) => matches(isPlainObject(value) ? value[name] : undefined));
}

function compileRule(where: string, rule: unknown): EventSourceRecordFilter {
  if (!isPlainObject(rule)) return (value) => value === rule;
  const [[operator, operand] = ['', undefined]] = Object.entries(rule);
  switch (operator) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(String(operand));
    case 'exists':
      return (value) => (value !== undefined) === operand;
    case 'anything-but':
      return anythingBut(where, operand);
    case 'numeric':
      return numeric(where, operand);
    default:
      throw new TemplateError(`${where}: filter operator ${operator} is not supported locally`);
  }
}

/** Compiles the filter operator `anything-but`. As in EventBridge, the operator does not match an absent field. */
function anythingBut(where: string, operand: unknown): EventSourceRecordFilter {
  const rules = (Array.isArray(operand) ? operand : [operand]).map((rule) => compileRule(where, rule));
  return (value) => value !== undefined && !rules.some((matches) => matches(value));
}

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/**
 * Compiles the filter operator `numeric`, such as `[">", 0, "<=", 5]`. A string is compared as a number, because
 * DynamoDB sends numbers as strings: `{"N":"5"}`.
 */
function numeric(where: string, operand: unknown): EventSourceRecordFilter {
  const parts = Array.isArray(operand) ? operand : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparisons[String(parts[index])];
    const limit = Number(parts[index + 1]);
    if (compare === undefined || Number.isNaN(limit)) {
      throw new TemplateError(`${where}: numeric filter ${JSON.stringify(operand)} is not understood`);
    }
    tests.push((value) => compare(value, limit));
  }
  if (tests.length === 0) throw new TemplateError(`${where}: an empty numeric filter`);
  return (value) => {
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    return typeof number === 'number' && tests.every((test) => test(number));
  };
}
