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

/** The extensions of content types that files without an extension may have. */
const extensions: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/pdf': '.pdf',
  'application/xml': '.xml',
  'application/zip': '.zip',
  'audio/mpeg': '.mp3',
  'audio/wav': '.wav',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/heic': '.heic',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/tiff': '.tif',
  'image/webp': '.webp',
  'text/plain': '.txt',
  'video/mp4': '.mp4',
  'video/ogg': '.ogv',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
};

const extension = /\.[A-Za-z0-9]{1,8}$/;

/** Returns true if a file name ends with an extension. */
export function hasExtension(name: string): boolean {
  return extension.test(name);
}

/**
 * Adds the extension of a content type to a file name without an extension, so that programs can open the file. The
 * extension of an unknown content type is `.bin`.
 */
export function addMissingExtension(name: string, contentType: string): string {
  if (hasExtension(name)) return name;
  const [type = ''] = contentType.toLowerCase().split(';');
  return `${name}${extensions[type.trim()] ?? '.bin'}`;
}

/** Returns the content type for the extension of a file name. The default is `application/octet-stream`. */
export function findContentTypeByExtension(name: string): string {
  return contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
