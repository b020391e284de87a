import { TemplateError } from '../errors.ts';
import { isPlainObject } from './is-record.ts';

/**
 * Evaluates a condition of the CloudFormation template. Supports Fn::Equals, Fn::And, Fn::Or, Fn::Not and references to
 * conditions.
 * @param resolve resolves the operands of Fn::Equals
 */
export function evaluateCondition(
  name: string,
  conditions: Record<string, unknown>,
  resolve: (value: unknown) => unknown,
): boolean {
  if (!(name in conditions)) throw new TemplateError(`Condition ${name} is not in the template`);
  return evaluate(conditions[name]);

  function evaluate(expression: unknown): boolean {
    const entry = isPlainObject(expression) ? Object.entries(expression)[0] : undefined;
    if (entry === undefined) throw new TemplateError(`Condition ${name} is not an expression`);
    const [operator, operand] = entry;
    const operands = Array.isArray(operand) ? operand : [operand];
    switch (operator) {
      case 'Fn::Equals':
        return resolve(operands[0]) === resolve(operands[1]);
      case 'Fn::And':
        return operands.every(evaluate);
      case 'Fn::Or':
        return operands.some(evaluate);
      case 'Fn::Not':
        return !evaluate(operands[0]);
      case 'Condition':
        return evaluateCondition(String(operand), conditions, resolve);
      default:
        throw new TemplateError(`Condition ${name} uses ${operator}, which the local stack does not know`);
    }
  }
}
