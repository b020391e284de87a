import { extname } from 'node:path';

/** The content types of files in the providers' ZIPs, by file extension. */
const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.mp4': 'video/mp4',
};

/** Returns the content type for the extension of a file name. The default is `application/octet-stream`. */
export function findContentTypeByExtension(name: string): string {
  return contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
