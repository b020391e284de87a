/**
 * Whether these bytes are text, as error messages are. Images, videos and recordings contain binary data bytes (WHATWG
 * MIME Sniffing); UTF-16 with a byte order mark is text all the same.
 */
export function looksLikeText(beginning: Uint8Array): boolean {
  const [first, second] = beginning;
  const isUtf16 = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
  return isUtf16 || !beginning.some(isBinary);
}

function isBinary(byte: number): boolean {
  return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}

/**
 * Whether these bytes begin like HTML, XML or JSON. Ignores control characters, so that it recognizes an error message
 * that contains a NUL, or is UTF-16 without a byte order mark.
 */
export function beginsAsMarkup(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning).toString('latin1');
  const visible = head.replaceAll(/[\p{Cc} ]/gu, '').replace(/^(\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, '');
  return /^(<(html|!doctype|!--|\?xml)|[{[]["'{}[\]])/i.test(visible);
}
