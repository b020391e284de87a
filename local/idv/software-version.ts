import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { projectRootDirectory } from '../../infra/bundle.ts';

/** Returns the version of this program, as the history records it for deliveries that it reads. @example 'idv 0.1.0' */
export function readIdvVersion(): string {
  const text = readFileSync(join(projectRootDirectory, 'package.json'), 'utf8');
  return `idv ${z.object({ version: z.string() }).parse(JSON.parse(text)).version}`;
}
