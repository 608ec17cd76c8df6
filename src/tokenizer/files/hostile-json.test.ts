import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { AthanorError, SeededRandom } from '../../base/index.ts';
import { Tokenizer } from '../tokenizer.ts';
import { parseTokenizerJson } from './tokenizer-json.ts';

interface Loose {
  [key: string]: Loose;
}

const fixtureFile = new URL('../fixtures/hugging-face.json', import.meta.url);
const cases = (JSON.parse(readFileSync(fixtureFile, 'utf8')) as { cases: { file: string }[] })
  .cases;

/** A small good file, changed by the callback; `any` stands for JSON that is wrong on purpose. */
function changed(change: (file: Loose) => unknown): string {
  const file = JSON.parse(cases[1]?.file ?? '') as Loose;
  change(file);
  return JSON.stringify(file);
}

const loose = (value: unknown): Loose => value as Loose;
const at = (file: Loose, ...path: (string | number)[]): Loose =>
  path.reduce<Loose>((inner, key) => inner[key] as Loose, file);

const hostile: [string, (file: Loose) => unknown, RegExp][] = [
  ['a list', (f) => Object.assign(f, { model: [] }), /f: model must be an object, got a list of 0/],
  ['no model', (f) => delete f.model, /f: model must be an object, got undefined/],
  ['WordPiece', (f) => Object.assign(at(f, 'model'), { type: 'WordPiece' }), /f: model.type must/],
  ['dropout', (f) => Object.assign(at(f, 'model'), { dropout: 0.1 }), /f: model.dropout must/],
  ['byte fallback', (f) => Object.assign(at(f, 'model'), { byte_fallback: true }), /byte_fallback/],
  [
    'suffixes',
    (f) => Object.assign(at(f, 'model'), { end_of_word_suffix: '</w>' }),
    /_suffix must/,
  ],
  [
    'another normalizer',
    (f) => Object.assign(f, { normalizer: { type: 'NFKC' } }),
    /f: normalizer.type must be "NFC"/,
  ],
  ['a normalizer by name', (f) => Object.assign(f, { normalizer: 'NFC' }), /f: normalizer must be/],
  [
    'specials in normalized text',
    (f) => {
      Object.assign(f, { normalizer: { type: 'NFC' } });
      Object.assign(at(f, 'added_tokens', 0), { normalized: true });
    },
    /added_tokens\[0\].normalized must be false/,
  ],
  [
    'no splitter',
    (f) => Object.assign(f, { pre_tokenizer: null }),
    /f: pre_tokenizer must be an obj/,
  ],
  [
    'another pattern',
    (f) => Object.assign(at(f, 'pre_tokenizer', 'pretokenizers', 0, 'pattern'), { Regex: '.' }),
    /pretokenizers\[0\].pattern.Regex must be the pattern/,
  ],
  [
    'a prefix space',
    (f) => Object.assign(at(f, 'pre_tokenizer', 'pretokenizers', 1), { add_prefix_space: true }),
    /add_prefix_space must be false/,
  ],
  [
    'three steps',
    (f) => (at(f, 'pre_tokenizer', 'pretokenizers') as unknown as unknown[]).push({}),
    /must be a Split and a ByteLevel/,
  ],
  [
    'an id as text',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: '3' }),
    /vocab\["a"\] must be a whole/,
  ],
  [
    'a negative id',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: -1 }),
    /vocab\["a"\] must be a whole/,
  ],
  [
    'a fraction',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: 0.5 }),
    /vocab\["a"\] must be a whole/,
  ],
  [
    'a huge id',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: 2 ** 31 }),
    /vocab\["a"\] must be a w/,
  ],
  [
    'an id twice',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: 5 }),
    /must differ from that of/,
  ],
  [
    'an id left out',
    (f) => Object.assign(at(f, 'model', 'vocab'), { a: 90_000 }),
    /there is none for/,
  ],
  ['a byte left out', (f) => delete at(f, 'model', 'vocab')['!'], /there is none for 0/],
  [
    'a strange character',
    (f) => Object.assign(at(f, 'model', 'vocab'), { 中: 601 }),
    /byte alphabet/,
  ],
  ['an empty token', (f) => Object.assign(at(f, 'model', 'vocab'), { '': 601 }), /byte alphabet/],
  [
    'a merge of three',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: 'a b c' }),
    /merges\[3\] must be two/,
  ],
  [
    'a merge of numbers',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: [1, 2] }),
    /merges\[3\] must be two/,
  ],
  [
    'a merge of nothing',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: ['', 'a'] }),
    /merges\[3\] must join/,
  ],
  [
    'a merge to nowhere',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: ['!', '"'] }),
    /merges\[3\] must join and make.*"!\\"" is none/,
  ],
  [
    'a merge of a special',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: ['<|endoftext|>', 'a'] }),
    /merges\[3\] must/,
  ],
  [
    'a merge twice',
    (f) => Object.assign(at(f, 'model', 'merges'), { 3: at(f, 'model', 'merges', 1) }),
    /merges\[3\] must not be there twice/,
  ],
  [
    'merges as an object',
    (f) => Object.assign(at(f, 'model'), { merges: {} }),
    /model.merges must be a list/,
  ],
  [
    'a special twice',
    (f) => (loose(f.added_tokens) as unknown as unknown[]).push(at(f, 'added_tokens', 0)),
    /added_tokens\[1\].content must be new/,
  ],
  [
    'a special without text',
    (f) => Object.assign(at(f, 'added_tokens', 0), { content: '' }),
    /content must be new/,
  ],
  [
    'an endless special',
    (f) => Object.assign(at(f, 'added_tokens', 0), { content: 'x'.repeat(2e6) }),
    /at most 1,000/,
  ],
  [
    'an ordinary special',
    (f) => Object.assign(at(f, 'added_tokens', 0), { id: 70 }),
    /must differ from that of/,
  ],
  [
    'stripping',
    (f) => Object.assign(at(f, 'added_tokens', 0), { lstrip: true }),
    /lstrip must be false/,
  ],
  [
    '10^6 specials',
    (f) =>
      Object.assign(f, {
        added_tokens: Array.from({ length: 1e6 }, (_, id) => ({ id, content: `<${id}>` })),
      }),
    /added_tokens must have at most 10000/,
  ],
  [
    'no vocabulary',
    (f) => Object.assign(at(f, 'model'), { vocab: {}, merges: [] }),
    /there is none for 0/,
  ],
];

describe('a hostile tokenizer.json', () => {
  it.each(hostile)('is refused for its field: %s', (_, change, message) => {
    expect(() => parseTokenizerJson(changed(change), 'f')).toThrow(message);
  });

  it('may nest as deep as it likes', () => {
    const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;
    const text = (cases[1]?.file ?? '').replace(/^\{/, `{"extra":${deep},`);
    expect(parseTokenizerJson(text, 'f').tokens.length).toBeGreaterThan(256);
    expect(() => parseTokenizerJson(deep, 'f')).toThrow(/f must be an object, got a list of 1/);
  });

  it('keeps a token called __proto__', () => {
    const id =
      (at(loose(JSON.parse(cases[1]?.file ?? '')), 'added_tokens', 0).id as unknown as number) + 1;
    const text = changed((f) =>
      (f.added_tokens as unknown as unknown[]).push({ id, content: '__proto__' }),
    );
    expect(parseTokenizerJson(text, 'f').specialTokens.get('__proto__')).toBe(id);
  });

  it('is refused or read, and never anything else, whatever changes in it', () => {
    const random = new SeededRandom(91);
    const good = cases[0]?.file ?? '';
    for (let i = 0; i < count({ test: 200, pr: 5_000, slow: 5_000_000 }); i++) {
      const bytes = Buffer.from(good);
      for (let left = 1 + random.int(3); left > 0; left--) mutate(bytes, random);
      const text = bytes.toString();
      try {
        const tokenizer = new Tokenizer(parseTokenizerJson(text, 'f'));
        if (tokenizer.decode(tokenizer.encode('春 a')) !== '春 a') expect.fail(text);
      } catch (error) {
        if (!(error instanceof AthanorError)) throw error;
      }
    }
  });
});

/** Overwrites a few bytes with others that mean something in JSON, or with a copy of another place. */
function mutate(bytes: Buffer, random: SeededRandom): void {
  const start = random.int(bytes.length);
  const length = 1 + random.int(12);
  const from = random.int(bytes.length - length);
  if (random.int(2) === 0) bytes.copy(bytes, start, from, from + length);
  else
    bytes.write(
      random.pick(['"', ',', '{', '}', '[', ']', '0', '-', 'e9', 'null', ' ', 'Ġ']),
      start,
    );
}
