import { ZipFile } from 'yazl';
import type { Id360ReportJson } from './report.ts';

export const idclaimMediaType = 'application/vnd.etsi.asic-e+zip';

const emptySignatures =
  '<?xml version="1.0" encoding="UTF-8"?>\n<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"/>\n';

/**
 * Creates ID360's idclaim file, a signed identity claim. The simulated file is an ASiC-E container without signatures.
 * The same report always gives the same bytes.
 */
export function createId360IdclaimFile({ id, status }: Id360ReportJson): NodeJS.ReadableStream {
  const zip = new ZipFile();
  const options = { mtime: new Date(Date.UTC(2026, 0, 1)), compress: false };
  // In an ASiC-E container, the file `mimetype` comes first and is not compressed (ETSI EN 319 162-1, A.1).
  zip.addBuffer(Buffer.from(idclaimMediaType, 'latin1'), 'mimetype', options);
  zip.addBuffer(Buffer.from(JSON.stringify({ enrollment: id, status })), 'idclaim.json', options);
  zip.addBuffer(Buffer.from(emptySignatures), 'META-INF/signatures.xml', options);
  zip.end();
  return zip.outputStream;
}
