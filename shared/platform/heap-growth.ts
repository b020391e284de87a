import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

/**
 * Lets the heap grow to four times its size before V8 collects garbage again.
 *
 * V8 counts the memory of streamed chunks as heap. A function has a small heap, and V8 adds only 8 MB to a small heap
 * between two full collections. So a function that streams a large file would run a full collection for every few
 * megabytes, which costs more than to read and hash the file (decision 035).
 *
 * The flag counts for the whole process. So the threads of the local stack, which share a process, do not set it.
 */
export function letHeapGrow(): void {
  if (isMainThread) setFlagsFromString('--heap-growing-percent=300');
}
