import * as z from 'zod/mini';
import { isObject } from '../../parsing/member-of.ts';
import {
  createUnreadableFieldCollector,
  isAbsentValue,
  maxEntriesPerSection,
  type ParsedSection,
  readSection,
} from '../../parsing/read-section.ts';
import { nullIfBlank, OptionalText } from '../../parsing/text.ts';
import { type Controls, readControls } from './read-controls.ts';
import { type DatakeenDocumentFields, readDatakeenDocumentFields } from './read-fields.ts';

export interface DatakeenDocument {
  readonly type: string | null;
  readonly fields: DatakeenDocumentFields;
  readonly controls: Controls;
  /** The document as Datakeen sends it. */
  readonly raw: object;
  /** The path of the document in Datakeen's answer: `data.job_status.predictions[0].results.documents[0]`. */
  readonly path: string;
}

const AnyDocument = z.looseObject({
  type: OptionalText,
  extractedInformation: z.optional(z.unknown()),
  controls: z.optional(z.unknown()),
});

/**
 * Reads the documents of a prediction: 200 at most. `unreadable` has the paths of the parts that were left out.
 *
 * @param path the path of the list in Datakeen's answer
 */
export function readDatakeenDocuments(path: string, raw: unknown): ParsedSection<DatakeenDocument[]> {
  if (isAbsentValue(raw)) return { data: [], unreadable: [] };
  if (!Array.isArray(raw)) return { data: [], unreadable: [path] };
  const { unreadable, dataOf } = createUnreadableFieldCollector();
  if (raw.length > maxEntriesPerSection) unreadable.push(path);
  const data: DatakeenDocument[] = [];
  for (const [index, entry] of raw.slice(0, maxEntriesPerSection).entries()) {
    const section = readDocument(`${path}[${index}]`, entry);
    const document = dataOf(section);
    if (document !== null) data.push(document);
  }
  return { data, unreadable };
}

function readDocument(path: string, raw: unknown): ParsedSection<DatakeenDocument | null> {
  if (!isObject(raw)) return { data: null, unreadable: [path] };
  const { unreadable, dataOf } = createUnreadableFieldCollector();
  const { type, extractedInformation, controls } = dataOf(readSection(AnyDocument, path, raw));
  return {
    data: {
      type: nullIfBlank(type),
      fields: dataOf(readDatakeenDocumentFields(`${path}.extractedInformation`, extractedInformation)),
      controls: dataOf(readControls(`${path}.controls`, controls)),
      raw,
      path,
    },
    unreadable,
  };
}
