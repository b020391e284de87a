/**
 * Checks whether these bytes are text. Images, videos and recordings contain bytes that text does not contain (WHATWG
 * MIME Sniffing). UTF-16 contains such bytes too, so its byte order mark counts as text.
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
 * Checks whether these bytes begin like HTML, XML or JSON. Control characters are ignored. So an error message is
 * recognized even if it contains a NUL, or is UTF-16 without a byte order mark.
 */
export function beginsLikeMarkup(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning).toString('latin1');
  const visible = head.replaceAll(/[\p{Cc} ]/gu, '').replace(/^(\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, '');
  return /^(<(html|!doctype|!--|\?xml)|[{[]["'{}[\]])/i.test(visible);
}
