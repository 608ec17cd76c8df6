/** What a page says about its own encoding (WHATWG HTML, 13.2.3.2). */

/** The encoding of a content type: `text/html; charset=gbk`. */
export function encodingOfContentType(contentType: string | undefined): string | undefined {
  return knownEncoding(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]);
}

/** The encoding that a page declares in its first 4 KiB: `<meta charset>`, or an XML declaration. */
export function encodingOfMeta(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const text = start.toString('latin1');
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1];
  const xml = /^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)/i.exec(text)?.[1];
  return knownEncoding(meta ?? xml);
}

/** The name by which `TextDecoder` knows a label, if it does. GBK and GB 2312 are read as GB 18030. */
function knownEncoding(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return undefined;
  }
}
