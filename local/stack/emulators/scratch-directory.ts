import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of Linux's file system in memory. Temporary data in this file system causes no disk writes. */
const memoryFileSystem = '/dev/shm';
/**
 * The free space that the file system in memory must have. In containers, it often has only 64 MB, too little for a
 * long run.
 */
const enoughBytes = 1_000_000_000;

/** Creates a directory for temporary data: in memory if there is enough free space, otherwise on disk. */
export async function createScratchDirectory(): Promise<string> {
  const parent = (await freeBytes(memoryFileSystem)) >= enoughBytes ? memoryFileSystem : tmpdir();
  return mkdtemp(join(parent, 'idv-webhooks-dynamodb-'));
}

async function freeBytes(directory: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return 0; // The file system in memory exists only on Linux.
  }
}
