/** A safetensors file from the text or bytes of its header and its data. */
export function buildFile(header: string | Buffer | object, data: number | Buffer = 0): Buffer {
  const json = Buffer.isBuffer(header) ? header : Buffer.from(toText(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([prefix, json, typeof data === 'number' ? Buffer.alloc(data) : data]);
}

/** The JSON of one tensor, by default four bytes from 0 on; a field of `undefined` is left out. */
export function entry(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({ dtype: 'F32', shape: [1], data_offsets: [0, 4], ...fields });
}

function toText(header: string | object): string {
  return typeof header === 'string' ? header : JSON.stringify(header);
}
