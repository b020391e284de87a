import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { type ContentCheck, refused, refusedCheck, type Verdict, whole } from './content-check.ts';
import { type Tail, tailOf } from './tail.ts';

/** A directory of some 40,000 files, its end record and the longest comment. */
const tailBytes = 4 * 1024 * 1024;

const localHeader = 'PK\x03\x04';
const endRecord = 'PK\x05\x06';

/**
 * A ZIP begins with a file, and ends with a directory of all files and a record that tells where the directory is: a
 * ZIP that was cut has lost the record, one that lacks bytes in the middle has its directory elsewhere. The content of
 * the files is checked by those who read them, by its CRC.
 *
 * @param beginning the first bytes
 */
export function zipCheck(beginning: Uint8Array): ContentCheck {
  const tail = tailOf(tailBytes);
  const signature = Buffer.from(beginning.subarray(0, 4)).toString('latin1');
  return {
    contentType: null,
    push: tail.push,
    async end() {
      if (signature !== localHeader && signature !== endRecord) return refused('does not begin as a ZIP');
      return directoryOf(tail, signature === endRecord);
    },
  };
}

export function beginsAsZip(beginning: Uint8Array): boolean {
  return [localHeader, endRecord].includes(Buffer.from(beginning.subarray(0, 4)).toString('latin1'));
}

/** The check of a result that is a ZIP: those of providers always have files. */
export function filledZipCheck(beginning: Uint8Array): ContentCheck {
  const isEmpty = Buffer.from(beginning.subarray(0, 4)).toString('latin1') === endRecord;
  return isEmpty ? refusedCheck('a ZIP without files') : zipCheck(beginning);
}

async function directoryOf(tail: Tail, isEmpty: boolean): Promise<Verdict> {
  try {
    const file = await fromRandomAccessReaderPromise(new TailReader(tail), tail.size, {
      // Odd names and sizes are a single file's fault: they are met when the files are unpacked.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if ((file.entryCount === 0) !== isEmpty) return refused('a ZIP whose directory is not its own');
    for await (const _entry of file.eachEntry());
    return whole;
  } catch {
    return refused('a ZIP without a readable directory at its end');
  }
}

/** Lets yauzl read the end of a file whose rest has passed. */
class TailReader extends RandomAccessReader {
  readonly #bytes: Buffer;
  readonly #start: number;

  constructor(tail: Tail) {
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
    // Never at once: yauzl would go on in the same call, a level deeper for each file.
    setImmediate(callback, isKept ? null : new Error('the directory lies outside of the end of the file'));
  }
}
