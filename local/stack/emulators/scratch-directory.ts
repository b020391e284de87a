import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The memory file system of Linux: nothing waits for a disk there. */
const memoryFileSystem = '/dev/shm';
/** A container's often has 64 MB, which a long run would fill. */
const enoughBytes = 1_000_000_000;

/** A new directory for data that lives as long as the stack: in memory where there is room, else on disk. */
export async function scratchDirectory(): Promise<string> {
  const parent = (await freeBytes(memoryFileSystem)) >= enoughBytes ? memoryFileSystem : tmpdir();
  return mkdtemp(join(parent, 'idv-webhooks-dynamodb-'));
}

async function freeBytes(directory: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return 0; // not Linux
  }
}
