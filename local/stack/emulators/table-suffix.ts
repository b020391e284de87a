import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The end of this stack's table names on a DynamoDB that other stacks may use as well: `-1f0c9a7e`. Another one at each
 * start, so that two stacks do not share their tables; always the same one with a data directory, which keeps it.
 */
export async function tableSuffix(dataDir: string | undefined): Promise<string> {
  if (dataDir === undefined) return newSuffix();
  const file = join(dataDir, 'table-suffix');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, newSuffix(), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return await readFile(file, 'utf8');
}

const newSuffix = () => `-${randomBytes(4).toString('hex')}`;
