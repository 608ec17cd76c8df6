/**
 * A second opinion on the header of a safetensors file, written from the format alone and sharing no
 * code with the reader: a tokenizer of one regular expression, a tree, and checks on that tree.
 */
import assert from 'node:assert/strict';

/** A JSON value; objects as pairs, so that duplicate keys stay visible; numbers as they are written. */
type Tree = { pairs?: [string, Tree][]; items?: Tree[]; text?: string; number?: string };

const token = /[ \t\n\r]*("(?:[^"\\]|\\.)*"|[{}[\]:,]|[^ \t\n\r"{}[\]:,]+)/suy;
const widths = 'BOOL:1 U8:1 I8:1 I16:2 U16:2 F16:2 BF16:2 I32:4 U32:4 F32:4 F64:8 I64:8 U64:8';
const widthOf = new Map(widths.split(' ').map((pair) => pair.split(':') as [string, string]));
// One for all calls: what a decoder holds is freed only when the event loop turns.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * One line per tensor and per piece of metadata, sorted.
 *
 * @throws Error for a file that must be refused.
 */
export function describeFile(file: Buffer): string[] {
  assert(file.length >= 10);
  const size = file.readUInt32LE(0) + file.readUInt32LE(4) * 2 ** 32;
  assert(size >= 2 && size <= 25 * 1024 * 1024 && size <= file.length - 8);
  const json = decoder.decode(file.subarray(8, 8 + size));
  assert(json.startsWith('{'));
  // V8 judges the grammar; what it lets through, duplicates and numbers, is judged below.
  JSON.parse(json);
  const members = membersOf(readTree(json));
  const metadata = members.filter(([name]) => name === '__metadata__');
  const tensors = members.filter(([name]) => name !== '__metadata__').map(describeTensor);
  checkCover(tensors, file.length - 8 - size);
  const tensorLines = tensors.map(({ line, begin }) => `${line} at ${8 + size + begin}`);
  return [...tensorLines, ...metadata.flatMap(([, tree]) => describeMetadata(tree))].sort();
}

function readTree(json: string): Tree {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    tokens.push(match[1] as string);
  }
  let next = 0;
  const readValue = (): Tree => {
    const first = tokens[next++] as string;
    if (first.startsWith('"')) return { text: decodeString(first) };
    if (first !== '{' && first !== '[') return { number: first };
    const items: Tree[] = [];
    for (; tokens[next] !== '}' && tokens[next] !== ']'; ) {
      if (tokens[next] === ',' || tokens[next] === ':') next++;
      else items.push(readValue());
    }
    next++;
    if (first === '[') return { items };
    const keys = items.filter((_, i) => i % 2 === 0);
    return { pairs: keys.map((key, i) => [key.text as string, items[2 * i + 1] as Tree]) };
  };
  return readValue();
}

function decodeString(literal: string): string {
  const text = JSON.parse(literal) as string;
  assert.equal(Buffer.from(text).toString(), text, 'half a surrogate pair');
  return text;
}

function membersOf(tree: Tree): [string, Tree][] {
  assert(tree.pairs);
  assert.equal(new Set(tree.pairs.map(([key]) => key)).size, tree.pairs.length);
  return tree.pairs;
}

function describeMetadata(tree: Tree): string[] {
  return membersOf(tree).map(([key, value]) => {
    assert(value.text !== undefined);
    return JSON.stringify({ [`metadata ${key}`]: value.text });
  });
}

function describeTensor([name, tree]: [string, Tree]) {
  assert(name !== '' && Buffer.byteLength(name) <= 4096);
  for (const char of name) assert(char > '\u009f' || (char >= ' ' && char < '\u007f'));
  const fields = new Map(membersOf(tree));
  assert.deepEqual([...fields.keys()].sort(), ['data_offsets', 'dtype', 'shape']);
  const code = fields.get('dtype')?.text ?? '';
  const width = Number(widthOf.get(code));
  assert(width > 0);
  const shape = integersOf(fields.get('shape'));
  const [begin, end, ...rest] = integersOf(fields.get('data_offsets'));
  assert(shape.length <= 64 && begin !== undefined && end !== undefined && rest.length === 0);
  const nonZero = shape.filter((size) => size !== 0).map(BigInt);
  const product = nonZero.reduce((total, size) => total * size, BigInt(width));
  assert(product < 2n ** 53n);
  const sizeBytes = shape.includes(0) ? 0 : Number(product);
  assert.equal(end - begin, sizeBytes);
  return { line: JSON.stringify([name, code, shape]), begin, sizeBytes };
}

function integersOf(tree: Tree | undefined): number[] {
  assert(tree?.items);
  return tree.items.map(({ number = '' }) => {
    assert(/^\d+$/.test(number) && String(BigInt(number)) === number && BigInt(number) < 2n ** 53n);
    return Number(number);
  });
}

function checkCover(tensors: { begin: number; sizeBytes: number }[], dataBytes: number): void {
  let end = 0;
  const inOrder = (a: { begin: number; sizeBytes: number }, b: typeof a) =>
    a.begin - b.begin || a.sizeBytes - b.sizeBytes;
  for (const { begin, sizeBytes } of tensors.toSorted(inOrder)) {
    assert.equal(begin, end);
    end += sizeBytes;
  }
  assert.equal(end, dataBytes);
}
