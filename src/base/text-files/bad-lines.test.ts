/** Bad lines between good ones, wherever the blocks are cut (reliability: nothing is replaced). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { parseJsonLine } from './json-line.ts';
import { LineSplitter } from './line-splitter.ts';
import { type ParsedText, TextLineParser } from './text-line.ts';

const bytes = (...parts: (string | Uint8Array | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const text = (...parts: (string | Uint8Array | number[])[]) => bytes('{"text":"', ...parts, '"}');
const nested = (depth: number) => bytes(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`);
const utf16 = Buffer.from('{"text":"a"}', 'utf16le');

const rejected: Record<string, [name: string, line: Buffer][]> = {
  'not UTF-8': [
    ['a byte alone', text([0xff])],
    ['half a character', text([0xe6, 0x99])],
    ['an overlong slash', text([0xc0, 0xaf])],
    ['an overlong slash of three bytes', text([0xe0, 0x80, 0xaf])],
    ['a raw high surrogate', text([0xed, 0xa0, 0x80])],
    ['a raw low surrogate', text([0xed, 0xb0, 0x80])],
    ['a raw pair', text([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])],
    ['above U+10FFFF', text([0xf4, 0x90, 0x80, 0x80])],
    ['five bytes', text([0xf8, 0x88, 0x80, 0x80, 0x80])],
    ['Latin-1', text([0x63, 0x61, 0x66, 0xe9])],
    ['GB 18030', text([0xb4, 0xba])],
    ['UTF-16 with its mark', bytes([0xff, 0xfe], utf16)],
  ],
  'not JSON': [
    ['half a line', bytes('{"text":"spr')],
    ['no quotes', bytes('spring sleep')],
    ['single quotes', bytes("{'text':'a'}")],
    ['a comma too many', bytes('{"text":"a",}')],
    ['no colon', bytes('{"text" "a"}')],
    ['two values', bytes('{"text":"a"}{"text":"b"}')],
    ['two values and a return', bytes('{"text":"a"}\r{"text":"b"}')],
    ['UTF-16 without its mark', utf16],
    ['a raw NUL', text([0])],
    ['a raw control character', text([0x1b])],
    ['a raw tab', text('a\tb')],
    ['NUL outside', bytes('{"text":"a"}\0')],
    ['a wrong escape', text('\\x41')],
    ['half an escape', text('\\u00')],
    ['an escape at the end', bytes('{"text":"a\\')],
    ['NaN', bytes('{"text":NaN}')],
    ['a leading zero', bytes('{"a":01}')],
    ['a line separator outside', bytes('{"text":"a"}\u2028')],
    ['two byte order marks', bytes('\ufeff\ufeff', text('a'))],
    ['a byte order mark inside', bytes('{\ufeff"text":"a"}')],
    ['something in front of the field', bytes('{a"text":"a"}')],
    ['a name without its end', bytes('{"a":"\\"text":"a"}')],
    ['something behind the text', bytes('{"text":"a"]')],
    ['a comment', bytes('{"text":"a"} // b')],
  ],
  'not an object': [
    ['a string', bytes('"text"')],
    ['a number', bytes('1e3')],
    ['null', bytes('null')],
    ['true', bytes('true')],
    ['a list', bytes('[{"text":"a"}]')],
  ],
  'half a surrogate pair': [
    ['a high one', text('\\ud800')],
    ['a low one', text('a\\uDC00')],
    ['a pair the wrong way round', text('\\ude00\\ud83d')],
    ['a high one twice', text('\\ud83d\\ud83d\\ude00')],
    ['in the name of a field', bytes('{"text":"a","\\ud800":1}')],
    ['deep inside', bytes('{"text":"a","b":[{"c":["\\udfff"]}]}')],
  ],
  'nested too deeply': [
    ['65 levels', nested(65)],
    ['100,000 levels', nested(100_000)],
    ['100,000 opened', bytes('['.repeat(100_000))],
    ['100,000 objects', bytes('{"a":'.repeat(100_000))],
  ],
  'the same field twice': [
    ['two texts', bytes('{"text":"a","text":"b"}')],
    ['spelled otherwise', bytes('{"text":"a","\\u0074ext":"b"}')],
    ['a prototype twice', bytes('{"__proto__":1,"text":"a","__proto__":2}')],
  ],
};

const kept: [name: string, line: Buffer, value: unknown][] = [
  ['escapes', text('\\u6653 \\n\\t\\\\ \\" \\/'), { text: '晓 \n\t\\ " /' }],
  ['a pair in escapes', text('\\ud83d\\ude00'), { text: '😀' }],
  ['U+FFFD itself', text('\ufffd'), { text: '\ufffd' }],
  ['NUL as an escape', text('\\u0000'), { text: '\0' }],
  ['line and paragraph separators', text('a\u2028b\u2029c'), { text: 'a\u2028b\u2029c' }],
  ['a byte order mark in a text', text('\ufeffa'), { text: '\ufeffa' }],
  ['a byte order mark in front', bytes('\ufeff', text('a')), { text: 'a' }],
  ['a return behind', bytes(text('a'), '\r'), { text: 'a' }],
  ['spaces around', bytes(' \t', text('a'), '  '), { text: 'a' }],
  ['brackets in a text', text('[{'.repeat(100)), { text: '[{'.repeat(100) }],
  ['quotes and colons', text('\\"a\\":\\\\'), { text: '"a":\\' }],
  ['64 levels', nested(64), JSON.parse(nested(64).toString())],
  ['fields of inner objects', bytes('{"a":{"b":1},"b":{"a":2}}'), { a: { b: 1 }, b: { a: 2 } }],
  ['no field', bytes('{}'), {}],
  ['a name that ends in another', bytes('{"a\\"text":"a"}'), { 'a"text': 'a' }],
  ['the same and a number', bytes('{"a\\"text":"a","text":0}'), { 'a"text': 'a', text: 0 }],
  ['a text inside', bytes('{"a":{"text":"a"},"text":0}'), { a: { text: 'a' }, text: 0 }],
  [
    'a text inside and another',
    bytes('{"a":{"text":"a"},"text":"b"}'),
    { a: { text: 'a' }, text: 'b' },
  ],
  ['a space before a text', bytes('{"b":[], "text": "a"}'), { b: [], text: 'a' }],
  ['a text above a megabyte', text('晓'.repeat(400_000)), { text: '晓'.repeat(400_000) }],
  ['a number beyond 2^53', bytes('{"n":9007199254740993}'), { n: 9007199254740992 }],
];

const good = '{"text":"处处闻啼鸟"}';

/** What comes of a bad or a strange line between two good ones, with blocks cut at one place. */
function between(line: Buffer, cut: number): unknown[] {
  const content = bytes(`${good}\n`, line, `\n${good}\n`);
  const lines = new LineSplitter();
  const blocks = [content.subarray(0, cut), content.subarray(cut)];
  const found = blocks.flatMap((block) => {
    // The block's memory is used again afterwards, as a reader may do.
    const memory = Buffer.from(block);
    const parsed = [...lines.push(memory)].map(({ number, bytes }) => [
      number,
      parseJsonLine(bytes),
    ]);
    memory.fill(0);
    return parsed;
  });
  expect([...lines.end()]).toEqual([]);
  return found;
}

/** What the quicker reader of texts must make of the same line. */
function expectedText(expected: { rejected: string } | { value: unknown }): unknown {
  if ('rejected' in expected) return expected;
  const { text } = expected.value as { text?: unknown };
  return typeof text !== 'string' ? { rejected: 'no text field' } : { text };
}

const parser = new TextLineParser();

function textOf(line: Buffer): unknown {
  const parsed: ParsedText | undefined = parser.parse(line);
  return parsed !== undefined && 'text' in parsed
    ? { text: Buffer.from(parsed.text).toString() }
    : parsed;
}

/** Every place of a short line, some of a long one. */
function cuts(line: Buffer): number[] {
  const length = line.length + 2 * Buffer.byteLength(good) + 3;
  const step = Math.ceil(length / 200);
  return Array.from({ length: Math.floor(length / step) }, (_, i) => i * step);
}

const cases = Object.entries(rejected).flatMap(([reason, lines]) =>
  lines.map(([name, line]) => [name, line, { rejected: reason }] as const),
);

it.each([...cases, ...kept.map(([name, line, value]) => [name, line, { value }] as const)])(
  'a line with %s',
  (_, line, expected) => {
    const neighbour = { value: JSON.parse(good) };
    expect(textOf(line)).toEqual(expectedText(expected));
    for (const cut of cuts(line)) {
      const all = [
        [1, neighbour],
        [2, expected],
        [3, neighbour],
      ];
      expect(between(line, cut), `cut at ${cut}`).toEqual(all);
    }
  },
);

it('texts are read alike with their characters and with escapes', () => {
  const record = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));
  const property = fc.property(fc.string({ unit: 'binary' }), record, (wanted, others) => {
    const { text: _, ...rest } = others;
    for (const value of [{ text: wanted }, { ...rest, text: wanted }, { text: wanted, ...rest }]) {
      const json = JSON.stringify(value);
      const escaped = json.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      for (const line of [json, escaped, `${json.replace('"text":', '"text": ')} \r`]) {
        expect(textOf(bytes(line))).toEqual({ text: wanted });
        expect(parseJsonLine(bytes(line))).toEqual({ value: JSON.parse(json) });
      }
    }
  });
  fc.assert(property, { numRuns: count({ test: 300, pr: 5_000, slow: 500_000 }) });
});

it('blank lines are nothing, and are counted as lines', () => {
  const lines = [...new LineSplitter().push(bytes(`\n \t\r\n${good}\n`))];
  const parsed = lines.map(({ number, bytes }) => [number, parseJsonLine(bytes)]);
  expect(parsed).toEqual([
    [1, undefined],
    [2, undefined],
    [3, { value: JSON.parse(good) }],
  ]);
});

it('a field called __proto__ changes nothing but its own object', () => {
  const parsed = parseJsonLine(bytes('{"__proto__":{"polluted":1},"text":"a"}'));
  expect(parsed).toHaveProperty('value');
  expect(Object.hasOwn((parsed as { value: object }).value, '__proto__')).toBe(true);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
