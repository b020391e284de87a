import { limitPaths } from '../../parsing/read-section.ts';
import { accountForAnswer, accountForDocument } from './leaf-table.ts';
import type { DatakeenResult } from './read-result.ts';

type ProviderData = Readonly<Record<string, unknown>>;

/** The leaves of a Datakeen result that no normalized field of the event contains, under Datakeen's names. */
interface AccountOfResult {
  /** The leaves outside the documents. */
  readonly answer: ProviderData;
  /** The leaves of each document. */
  readonly documents: readonly ProviderData[];
  /** The paths of the values that have an unexpected form, and of the sections that were left out. */
  readonly unreadable: readonly string[];
}

/** Accounts for each leaf of a Datakeen result. */
export function accountForResult({ raw, documents, unreadable }: DatakeenResult): AccountOfResult {
  const answer = accountForAnswer(raw);
  const ofDocuments = documents.map((document) => accountForDocument(document.raw));
  const paths = [
    ...unreadable,
    ...answer.unreadable,
    ...ofDocuments.flatMap((each, index) =>
      each.unreadable.map((path) => `${documents[index]?.path}.${path}`),
    ),
  ];
  return {
    answer: answer.providerData,
    documents: ofDocuments.map(({ providerData }) => providerData),
    unreadable: limitPaths([...new Set(paths)]),
  };
}
