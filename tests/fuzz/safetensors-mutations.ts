import type { SeededRandom } from '../../src/base/index.ts';

/** The header of a file that is being made, and how many bytes of data are behind it. */
export interface Sample {
  json: Buffer;
  dataBytes: number;
}

/** Texts that readers of JSON and of offsets have stumbled over. */
const texts = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\t',
    '\0',
    '\ufeff',
    '\u2028',
    'é',
    '晓',
    '😀',
  ],
  ...[
    '0',
    '-0',
    '1e3',
    '4.0',
    '04',
    '9007199254740991',
    '9007199254740992',
    '18446744073709551616',
  ],
  ...[
    'null',
    'true',
    'NaN',
    '""',
    '"x"',
    '[]',
    '{}',
    '[0]',
    '"a":""',
    ',"__metadata__":{}',
    '/**/',
  ],
  ...[
    '\\u0061',
    '\\ud800',
    '\\ud83d\\ude00',
    '\\u0000',
    '\\/',
    '\\x41',
    '__proto__',
    'constructor',
  ],
  ...['"dtype"', '"shape"', '"data_offsets"', '"F32"', '"BF16"', '"U8"', '"F128"'],
  ...[',"y":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}', '[4,8]', '[0,4]', '4', '1,'],
];
const notUtf8 = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe6]];
const dictionary = [
  ...texts.map((text) => Buffer.from(text)),
  ...notUtf8.map((b) => Buffer.from(b)),
];

/** Changes a sample in one to three random places; most changes keep it close to a valid file. */
export function mutate(sample: Sample, seeds: readonly Sample[], random: SeededRandom): Sample {
  let { json, dataBytes } = sample;
  for (let numChanges = 1 + random.int(3); numChanges > 0; numChanges--) {
    json = random.pick(changes)(json, random, seeds);
  }
  if (random.int(8) === 0) dataBytes = Math.max(0, dataBytes + random.int(17) - 8);
  return { json: json.subarray(0, 4096), dataBytes };
}

/** The whole file; now and then with a wrong size in its first eight bytes. */
export function assemble({ json, dataBytes }: Sample, random: SeededRandom): Buffer {
  const prefix = Buffer.alloc(8);
  const wrongBy = random.int(16) === 0 ? random.pick([-1, 1, 8, 2 ** 32, 2 ** 40]) : 0;
  prefix.writeBigUInt64LE(BigInt(Math.max(0, json.length + wrongBy)));
  return Buffer.concat([prefix, json, Buffer.alloc(dataBytes)]);
}

type Change = (json: Buffer, random: SeededRandom, seeds: readonly Sample[]) => Buffer;

const changes: readonly Change[] = [
  // One bit flipped.
  (json, random) => {
    const copy = Buffer.from(json);
    const at = random.int(json.length + 1);
    if (at < json.length) copy[at] = (copy[at] as number) ^ (1 << random.int(8));
    return copy;
  },
  // A text from the dictionary put in.
  (json, random) => replace(json, random.int(json.length + 1), 0, random.pick(dictionary)),
  // A string, a number or a bracket replaced by a text from the dictionary.
  (json, random) => replaceMatch(json, random, /"[^"]*"|\d+|[{}[\],:]/g, random.pick(dictionary)),
  // A number replaced by a small one, which often suits the rest.
  (json, random) => replaceMatch(json, random, /\d+/g, Buffer.from(String(random.int(20)))),
  // A character of a string replaced by a letter, which leaves the file valid.
  (json, random) =>
    replaceMatch(json, random, /[a-z_](?=[^"]*":)/g, Buffer.from('abz春'.charAt(random.int(4)))),
  // Space between two tokens.
  (json, random) => replaceMatch(json, random, /(?<=[,:{[])(?=["{[])/g, Buffer.from(' ')),
  // A piece removed.
  (json, random) => replace(json, random.int(json.length + 1), random.int(16), Buffer.alloc(0)),
  // A piece of this or of another header copied in.
  (json, random, seeds) => {
    const source = random.int(2) === 0 ? json : random.pick(seeds).json;
    const begin = random.int(source.length + 1);
    const piece = source.subarray(begin, begin + random.int(60));
    return replace(json, random.int(json.length + 1), random.int(30), piece);
  },
];

function replace(json: Buffer, begin: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([json.subarray(0, begin), by, json.subarray(begin + length)]);
}

function replaceMatch(json: Buffer, random: SeededRandom, pattern: RegExp, by: Buffer): Buffer {
  const matches = [...json.toString('latin1').matchAll(pattern)];
  if (matches.length === 0) return json;
  const { index, 0: match } = random.pick(matches);
  return replace(json, index, match.length, by);
}
