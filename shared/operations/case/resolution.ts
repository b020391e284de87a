import * as z from 'zod/mini';

/** How a quarantined delivery was dealt with. Its row of the history has this beside the delivery. */
export const Resolution = z.object({
  /** An ISO 8601 instant. */
  at: z.string(),
  /** Who dealt with it: see `OperatedStack.operator`. */
  by: z.string(),
  /** Why, in the operator's own words. */
  reason: z.string(),
  /** `replayed`: a newer reader understood the body. `resolved`: an operator removed it from the open quarantine. */
  how: z.enum(['replayed', 'resolved']),
  /** The result of the replay, such as `accepted as event 3`; empty for `resolved`. */
  result: z.string(),
});
export type Resolution = z.infer<typeof Resolution>;

/** The attribute of a row of the history that contains its resolution. */
export const resolutionAttribute = 'resolution';

/** Converts a resolution to an attribute in the format of DynamoDB. */
export function convertResolutionToAttribute(resolution: Resolution) {
  return { S: JSON.stringify(resolution) };
}

/** Parses the resolution of an item. @returns null if the item has none */
export function parseResolution(item: Readonly<Record<string, { readonly S?: string | undefined }>>) {
  const text = item[resolutionAttribute]?.S;
  return text === undefined ? null : Resolution.parse(JSON.parse(text));
}
