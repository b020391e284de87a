import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { isAbsentValue, listUnreadableFields, type ParsedSection } from '../../parsing/read-section.ts';
import { isOptionalText } from '../../parsing/text.ts';

/**
 * One control of Datakeen. In Datakeen's sample, its value is true or false. A value of another type is kept as text.
 */
export interface Control {
  readonly value: boolean | string | null;
  /** Datakeen's confidence in the value: a number from 0 to 1. */
  readonly confidence: number | null;
}

/**
 * The controls of a document or a prediction, under Datakeen's names, such as `mrzValidity`. Each kind of document has
 * other controls.
 */
export type Controls = ReadonlyMap<string, Control>;

/**
 * Reads the controls in one section of Datakeen's result. A control that cannot be read is kept without a value. If it
 * were left out, it would look as if Datakeen had not made this control. No `z.record` is used, because it drops a control
 * with the name `__proto__`.
 */
export function readControls(name: string, raw: unknown): ParsedSection<Controls> {
  if (isAbsentValue(raw)) return { data: new Map(), unreadable: [] };
  if (!isObject(raw)) return { data: new Map(), unreadable: [name] };
  const all = Object.entries(raw).map(([key, value]) => ({ key, control: controlOf(value) }));
  const bad = all.filter(({ key, control }) => control === null || !isNameOfControl(key));
  const read = all.filter(({ key }) => isNameOfControl(key));
  return {
    data: new Map(read.map(({ key, control }) => [key, control ?? { value: null, confidence: null }])),
    unreadable: listUnreadableFields(
      name,
      bad.map(({ key }) => key),
    ),
  };
}

/**
 * The name of a control becomes a part of the verification's state. So it is limited to 255 characters of valid
 * Unicode, which DynamoDB, SQS and S3 accept.
 */
const isNameOfControl = (key: string) => key.length <= 255 && key.isWellFormed();

/**
 * Reads one control. It uses no zod schema: a schema that fails takes 10 µs per control, and Datakeen's answer can
 * contain 100,000 controls.
 */
function controlOf(raw: unknown): Control | null {
  if (!isObject(raw)) return null;
  const value = getJsonMember(raw, 'value') ?? null;
  const confidence = getJsonMember(raw, 'confidence');
  if (typeof value !== 'boolean' && !isOptionalText(value)) return null;
  return {
    value: typeof value === 'number' ? String(value) : value,
    confidence: isConfidence(confidence) ? confidence : null,
  };
}

/** Checks whether a value is a confidence of Datakeen. */
export const isConfidence = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;
