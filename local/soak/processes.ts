import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What processes have in memory, and have computed so far. */
export interface Usage {
  readonly bytes: number;
  readonly cpuMs: number;
}

/** Of this process, which the functions' threads are part of, and of its children, which the DynamoDB emulator is. */
export interface ProcessUsage {
  readonly own: Usage;
  readonly children: Usage;
}

export async function measureProcesses(): Promise<ProcessUsage> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=']);
  const { user, system } = process.cpuUsage();
  return {
    own: { bytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 },
    children: usageBelow(process.pid, readProcesses(stdout)),
  };
}

interface ListedProcess extends Usage {
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

/** `01:02:03`, `62:03.50` and `1-00:00:00` are what different systems print. */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed();
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

function usageBelow(parent: number, processes: readonly ListedProcess[]): Usage {
  return processes
    .filter((each) => each.parent === parent)
    .flatMap((each) => [each, usageBelow(each.pid, processes)])
    .reduce((sum, { bytes, cpuMs }) => ({ bytes: sum.bytes + bytes, cpuMs: sum.cpuMs + cpuMs }), {
      bytes: 0,
      cpuMs: 0,
    });
}
