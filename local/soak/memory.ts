import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Resident memory in bytes: of this process, which the functions' threads are part of, and of its children. */
export interface Memory {
  readonly own: number;
  readonly children: number;
}

export async function measureMemory(): Promise<Memory> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return { own: process.memoryUsage.rss(), children: memoryBelow(process.pid, readProcesses(stdout)) };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
}

function readProcesses(listing: string): Process[] {
  return listing
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, bytes: kilobytes * 1024 };
    });
}

function memoryBelow(parent: number, processes: readonly Process[]): number {
  return processes
    .filter((each) => each.parent === parent)
    .reduce((sum, { pid, bytes }) => sum + bytes + memoryBelow(pid, processes), 0);
}
