import { DatabaseSync } from 'node:sqlite';
import { EmulatorError } from '../errors.ts';

/**
 * dynoxide 1.2.1 stores the records of all streams in one table, forever and without an index. Each write to a table with
 * a stream, each GetRecords and each DescribeStream reads the whole table. These indexes match the three queries. SQLite
 * uses an index on an expression only if the query has exactly the same text, including the case of INTEGER.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
const indexes = [
  // For a write, which reads the last sequence number.
  'CREATE INDEX IF NOT EXISTS local_last_record ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  // For GetRecords, which continues from an iterator.
  'CREATE INDEX IF NOT EXISTS local_next_records ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))',
  // For DescribeStream, which reads the first and the last sequence number.
  'CREATE INDEX IF NOT EXISTS local_shard_range ON _stream_records (table_name, shard_id, sequence_number)',
];

/** How long SQLite waits for a lock, because dynoxide may be writing. */
const lockTimeoutMs = 10_000;

/**
 * Adds the indexes to the database file of a running dynoxide. Then the cost of a stream does not grow with its length.
 * SQLite's locks make this safe, and SQLite prepares existing statements again.
 * @throws EmulatorError if the file does not have the format of this version of dynoxide
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
