import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Creates a ZIP of these files. A name that ends with `/` is a directory. */
export async function zipOf(files: Record<string, string | Buffer>, compress = false): Promise<Buffer> {
  const zip = new ZipFile();
  const mtime = new Date(Date.UTC(2026, 0, 1));
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name, { mtime });
    else zip.addBuffer(Buffer.from(content), name, { mtime, compress });
  }
  zip.end();
  return await buffer(zip.outputStream);
}

/** Replaces an entry's name with a hostile name of the same length. The library yazl refuses to write such a name. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('the ZIP would be damaged');
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

const localHeader = Buffer.from('PK\x03\x04', 'latin1');
const centralHeader = Buffer.from('PK\x01\x02', 'latin1');

/** The offsets of fields in the two headers of a file (APPNOTE 4.3.7, 4.3.12). */
const fields = {
  flags: { local: 6, central: 8, bytes: 2 },
  crc: { local: 14, central: 16, bytes: 4 },
  compressedSize: { local: 18, central: 20, bytes: 4 },
  uncompressedSize: { local: 22, central: 24, bytes: 4 },
} as const;

/** Changes a field of the first file of the ZIP, in the file's local header and in its central header. */
export function withField(zip: Buffer, field: keyof typeof fields, value: number): Buffer {
  const changed = Buffer.from(zip);
  const { local, central, bytes } = fields[field];
  changed.writeUIntLE(value, changed.indexOf(localHeader) + local, bytes);
  changed.writeUIntLE(value, changed.indexOf(centralHeader) + central, bytes);
  return changed;
}
