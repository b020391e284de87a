import { DatabaseSync } from 'node:sqlite';
import { EmulatorError } from '../errors.ts';

/**
 * dynoxide 1.2.1 keeps the records of all streams in one table, forever and without an index: each write to a table
 * with a stream, each GetRecords and each DescribeStream reads the whole of it. These indexes fit its three queries.
 * SQLite takes an index on an expression only where the query has the very same text, the case of INTEGER included.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
const indexes = [
  // A write looks for the last sequence number.
  'CREATE INDEX IF NOT EXISTS local_last_record ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  // GetRecords reads on from an iterator.
  'CREATE INDEX IF NOT EXISTS local_next_records ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))',
  // DescribeStream looks for the first and the last.
  'CREATE INDEX IF NOT EXISTS local_shard_range ON _stream_records (table_name, shard_id, sequence_number)',
];

/** dynoxide may be about to write; SQLite waits for it. */
const lockTimeoutMs = 10_000;

/**
 * Makes the streams' cost independent of their length, in the database file of a running dynoxide. SQLite's own
 * locks make that safe, and a statement that was prepared before is prepared anew.
 * @throws EmulatorError where the file is not what this version of dynoxide writes
 */
export function indexStreams(databaseFile: string): void {
  const database = new DatabaseSync(databaseFile, { timeout: lockTimeoutMs });
  try {
    for (const index of indexes) database.exec(index);
  } catch (cause) {
    throw new EmulatorError(
      `The streams in ${databaseFile} cannot be indexed. Is it the database of dynoxide 1.2.1?`,
      { cause },
    );
  } finally {
    database.close();
  }
}
