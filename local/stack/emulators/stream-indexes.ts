import { DatabaseSync } from 'node:sqlite';
import { EmulatorError } from '../errors.ts';

/**
 * Indexes on the stream records of dynoxide 1.2.1, the DynamoDB emulator. Dynoxide stores the records of all streams in
 * one table, forever and without an index. So each write to a table with a stream, each GetRecords and each
 * DescribeStream would read the whole table of records. Each index serves one of these three queries. SQLite uses an
 * index on an expression only if the query has exactly the same text, including the case of INTEGER.
 * See docs/decisions/029-a-stream-that-stays-fast.md.
 */
const indexes = [
  // For each write to a table with a stream: dynoxide reads the last sequence number of the table's stream records.
  'CREATE INDEX IF NOT EXISTS local_last_record ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  // For GetRecords: dynoxide reads the records of a shard after a sequence number.
  'CREATE INDEX IF NOT EXISTS local_next_records ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))',
  // For DescribeStream: dynoxide reads the first and the last sequence number of a shard.
  'CREATE INDEX IF NOT EXISTS local_shard_range ON _stream_records (table_name, shard_id, sequence_number)',
];

/** The maximum time that SQLite waits for the lock of the database. Dynoxide holds the lock while it writes. */
const lockTimeoutMs = 10_000;

/**
 * Adds the indexes on stream records to the database of a running dynoxide. With them, an operation on a stream does
 * not take longer when the stream grows. SQLite's locks prevent conflicts with dynoxide. SQLite prepares dynoxide's
 * statements again, so they use the new indexes.
 * @throws EmulatorError if the file does not have the format of dynoxide 1.2.1
 */
export function addSqliteIndexesToDynoxide(databaseFile: string): void {
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
