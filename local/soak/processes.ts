import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The memory and the CPU time of one or more processes. */
export interface MemoryAndCpuUsage {
  readonly bytes: number;
  readonly cpuMs: number;
}

/**
 * - `own`: the usage of this process, in which the functions run as threads.
 * - `children`: the usage of its child processes, such as the DynamoDB emulator.
 */
export interface ProcessUsage {
  readonly own: MemoryAndCpuUsage;
  readonly children: MemoryAndCpuUsage;
}

export async function measureProcessUsage(): Promise<ProcessUsage> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=']);
  const { user, system } = process.cpuUsage();
  return {
    own: { bytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 },
    children: usageBelow(process.pid, readProcesses(stdout)),
  };
}

interface ListedProcess extends MemoryAndCpuUsage {
  readonly pid: number;
  readonly parent: number;
}

function readProcesses(listing: string): ListedProcess[] {
  return listing
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, kilobytes, time = ''] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        bytes: Number(kilobytes) * 1024,
        cpuMs: secondsOf(time) * 1000,
      };
    });
}

/**
 * Converts the CPU time that `ps` prints to seconds. The format depends on the system: `01:02:03`, `62:03.50`,
 * `1-00:00:00`.
 */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed();
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

function usageBelow(parent: number, processes: readonly ListedProcess[]): MemoryAndCpuUsage {
  return processes
    .filter((each) => each.parent === parent)
    .flatMap((each) => [each, usageBelow(each.pid, processes)])
    .reduce((sum, { bytes, cpuMs }) => ({ bytes: sum.bytes + bytes, cpuMs: sum.cpuMs + cpuMs }), {
      bytes: 0,
      cpuMs: 0,
    });
}
