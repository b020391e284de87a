import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Returns the suffix of this stack's table names, such as `-1f0c9a7e`. Several stacks can use the same DynamoDB, and
 * each stack has its own suffix, so they never share tables. With a data directory, the suffix is the same at each
 * start. Without a data directory, each start has a new suffix.
 */
export async function chooseTableSuffix(dataDir: string | undefined): Promise<string> {
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
