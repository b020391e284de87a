import { VerificationEvent } from '../../contract/verification-event.ts';
import type { HistoryRow } from '../../verifications/history-row.ts';
import type { createDeliveryReader, createResultReader } from '../readers.ts';
import { readDeliveryBody } from '../reading/delivery-body.ts';
import { buildDeliveryId, parseDeliveryId } from '../reading/delivery-id.ts';
import { createReaders, type ReaderOf } from '../reading/reader-of.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { concludeResult, readArchivedResult } from './archived-result.ts';
import { compareConclusions, compareReadings } from './compare-readings.ts';
import { scanHistory } from './scan-history.ts';
import { type DifferenceTally, type ReaderDiff, tallyDifferences } from './tally-differences.ts';

/** The readers of one version of this project. */
export interface ReaderVersion {
  readonly createDeliveryReader: typeof createDeliveryReader;
  readonly createResultReader: typeof createResultReader;
}

interface DiffReaders {
  readonly before: ReaderVersion;
  readonly after: ReaderVersion;
  readonly since: Date;
  /** Only this provider; undefined for all. */
  readonly provider: string | undefined;
  /** The highest number of cases to list. */
  readonly most: number;
  /** True to show values; otherwise they are masked. */
  readonly reveal: boolean;
  /** Called with the number of rows of the history that were read so far. */
  readonly onProgress: (rows: number) => void;
}

/**
 * Reads the deliveries of the history and the archived results with two versions of the readers, and says what differs. It
 * writes nothing. It compares what the readers say, not what the rules then decide.
 */
export async function diffReaders(stack: OperatedStack, options: DiffReaders): Promise<ReaderDiff> {
  const { before, after, since, provider, most, reveal, onProgress } = options;
  const readers = {
    before: createReaders(stack, before.createDeliveryReader),
    after: createReaders(stack, after.createDeliveryReader),
  };
  const tally = tallyDifferences(most, reveal);
  for await (const row of scanHistory(stack, since, onProgress)) {
    if (provider !== undefined && providerOf(row) !== provider) continue;
    await compareDelivery(stack, row, readers, tally);
    await compareResult(stack, row, { before, after }, tally);
  }
  return tally.result();
}

const providerOf = ({ subject, delivery }: HistoryRow) => delivery?.provider ?? subject.split(':')[0];

async function compareDelivery(
  stack: OperatedStack,
  { subject, delivery }: HistoryRow,
  readers: { readonly before: ReaderOf; readonly after: ReaderOf },
  tally: DifferenceTally,
): Promise<void> {
  if (delivery === null) return;
  const { provider, reference, deliveryId } = delivery;
  const body = await readDeliveryBody(stack, delivery.body);
  if (body === null) return tally.addGone();
  const [before = [], after = []] = [readers.before, readers.after].map((of) =>
    of(provider)(body, reference),
  );
  const { requestId, index } = parseDeliveryId(deliveryId);
  // A body that was not understood as a whole has one row, but may have further cases for one of the versions.
  for (let next = 0; next < Math.max(before.length, after.length); next += 1)
    tally.add(subject, buildDeliveryId(requestId, index + next), compareReadings(before[next], after[next]));
}

async function compareResult(
  stack: OperatedStack,
  { event: published }: HistoryRow,
  versions: { readonly before: ReaderVersion; readonly after: ReaderVersion },
  tally: DifferenceTally,
): Promise<void> {
  const event = published === null ? null : VerificationEvent.parse(published);
  if (event?.type !== 'idv.evidence.archived.v1') return;
  const { provider, verificationId } = event.data;
  const settings = stack.fetcherSettings[provider];
  if (settings === undefined) return;
  const after = versions.after.createResultReader(provider, settings);
  const archived = await readArchivedResult(stack, event, after.resultName);
  if (archived === null) return tally.addGone();
  const before = versions.before.createResultReader(provider, settings);
  const comparison = compareConclusions(concludeResult(before, archived), concludeResult(after, archived));
  tally.add(verificationId, after.resultName, comparison);
}
