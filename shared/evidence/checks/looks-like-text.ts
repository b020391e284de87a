/**
 * Whether these bytes are text: no control characters but those of text, or UTF-16 with its mark (WHATWG MIME Sniffing,
 * "binary data byte"). Error messages are; images, videos and recordings are not.
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
 * Whether these bytes begin as HTML, XML or JSON, whatever control characters are among them: a message with a stray NUL,
 * or in UTF-16 without its mark, is no file either.
 */
export function beginsAsMarkup(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning).toString('latin1');
  const visible = head.replaceAll(/[\p{Cc} ]/gu, '').replace(/^(\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, '');
  return /^(<(html|!doctype|!--|\?xml)|[{[]["'{}[\]])/i.test(visible);
}
