import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import {
  type ContentCheck,
  type ContentCheckResult,
  checkResultForWholeFile,
  makeRefusedCheckResult,
  makeRefusingContentCheck,
} from './content-check.ts';
import { createStreamTail, type StreamTail } from './tail.ts';

/**
 * The number of last bytes of a ZIP that stay in memory. They are enough for a central directory of about 40,000 files,
 * the end record and the longest comment.
 */
const tailBytes = 4 * 1024 * 1024;

const localHeader = 'PK\x03\x04';
const endRecord = 'PK\x05\x06';

/**
 * Checks the start and the directory of a ZIP. A ZIP begins with a file, and ends with a directory of all files and a
 * record of the directory's position. If the ZIP was cut off, the record is missing. If bytes in the middle are missing,
 * the directory is not at the recorded position. The CRCs of the files are checked later, when the files are read.
 *
 * @param beginning the first bytes of the ZIP
 */
export function createZipCheck(beginning: Uint8Array): ContentCheck {
  const tail = createStreamTail(tailBytes);
  const signature = Buffer.from(beginning.subarray(0, 4)).toString('latin1');
  return {
    contentType: null,
    push: tail.push,
    async end() {
      if (signature !== localHeader && signature !== endRecord)
        return makeRefusedCheckResult('does not begin like a ZIP');
      return directoryOf(tail, signature === endRecord);
    },
  };
}

export function beginsLikeZip(beginning: Uint8Array): boolean {
  return [localHeader, endRecord].includes(Buffer.from(beginning.subarray(0, 4)).toString('latin1'));
}

/** Checks a ZIP of a provider. An empty ZIP is refused, because a provider's ZIP always contains files. */
export function createNonEmptyZipCheck(beginning: Uint8Array): ContentCheck {
  const isEmpty = Buffer.from(beginning.subarray(0, 4)).toString('latin1') === endRecord;
  return isEmpty ? makeRefusingContentCheck('a ZIP without files') : createZipCheck(beginning);
}

async function directoryOf(tail: StreamTail, isEmpty: boolean): Promise<ContentCheckResult> {
  try {
    const file = await fromRandomAccessReaderPromise(new TailReader(tail), tail.size, {
      // With these options, the ZIP library yauzl does not reject the whole ZIP because one file has a bad name or size.
      // Unpacking reports the bad file.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if ((file.entryCount === 0) !== isEmpty)
      return makeRefusedCheckResult('a ZIP whose directory does not match its start');
    for await (const _entry of file.eachEntry());
    return checkResultForWholeFile;
  } catch {
    return makeRefusedCheckResult('a ZIP without a readable directory at its end');
  }
}

/** Gives the last bytes of a ZIP, which are in memory, to the ZIP library yauzl. The rest of the ZIP is not in memory. */
class TailReader extends RandomAccessReader {
  readonly #bytes: Buffer;
  readonly #start: number;

  constructor(tail: StreamTail) {
    super();
    this.#bytes = tail.bytes();
    this.#start = tail.size - this.#bytes.byteLength;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const from = position - this.#start;
    const isKept = from >= 0 && from + length <= this.#bytes.byteLength;
    if (isKept) this.#bytes.copy(buffer, offset, from, from + length);
    // Call yauzl's callback later, not at once. Otherwise yauzl would recurse one level deeper for each file of the ZIP.
    setImmediate(callback, isKept ? null : new Error('the directory begins before the kept end of the file'));
  }
}
