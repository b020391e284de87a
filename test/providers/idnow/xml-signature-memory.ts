import { generateKeyPairSync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { FileInZip } from '../../../shared/contract/evidence-adapter.ts';
import { checkXmlSignatures } from '../../../shared/providers/idnow/xml-signature.ts';
import { heldBytes } from '../../support/held-bytes.ts';

/** Checks a ZIP with 90 MB of XML, and posts the check's result and the most bytes that the check held after a file. */
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Makes a file that consists of chunks of `chunkBytes`. Each chunk has memory of its own, so a kept chunk counts. */
function madeFile(fileName: string, chunks: number, chunkBytes: number): FileInZip {
  const body = (async function* () {
    for (let index = 0; index < chunks; index++) yield Buffer.alloc(chunkBytes, ' ');
  })();
  return { fileName, uncompressedSize: chunks * chunkBytes, body };
}

const before = heldBytes();
let maxBytes = 0;
async function* files() {
  for (let index = 0; index < 9; index++) {
    yield madeFile(`${index}.xml`, 200, 50_000);
    maxBytes = Math.max(maxBytes, heldBytes() - before);
  }
  yield madeFile('0.xml.sig', 1, 256);
}

const { passed } = await checkXmlSignatures(files(), [
  publicKey.export({ type: 'spki', format: 'pem' }).toString(),
]);
parentPort?.postMessage({ passed, maxBytes });
