/** Encoding on one thread: against tiktoken in Python, and against the fastest npm packages. */
import * as cl100kRival from 'gpt-tokenizer/encoding/cl100k_base';
import * as gpt2Rival from 'gpt-tokenizer/encoding/r50k_base';
import { get_encoding } from 'tiktoken';
import { type PublishedName, publishedRanks, type Tokenizer } from '../../src/tokenizer/index.ts';
import {
  type Contestant,
  inProcess,
  type Measurement,
  perSecond,
  raceOf,
} from '../harness/index.ts';
import { benchTexts, type Kind, kinds, writeText } from './texts.ts';

const vocabularies = ['cl100k', 'gpt2'] as const;

let texts: Map<Kind, string> | undefined;
const tokenizers = new Map<PublishedName, Tokenizer>();

/** Against tiktoken from Python; one text of 4 MB, so that the cache of words has work to do. */
export const againstPython: readonly Measurement[] = vocabularies.flatMap((name) =>
  kinds.map((kind) => ({
    name: `encode ${kind}, ${name}, against Python`,
    async measure(context) {
      const text = textOf(kind);
      const file = writeText('text.txt', text);
      await context.peer?.call('read_text', { kind, file });
      const theirs = context.peer?.contestant(`${name} ${kind}`);
      const row = raceOf(`encode ${kind}, ${name}, against Python`, () => ({
        ...{ scale: megabytes(text), target: 0.8, ours: ours(name, text), theirs },
      }));
      return row.measure(context);
    },
  })),
);

/** Against npm packages, in this process. */
export const againstNpm: readonly Measurement[] = vocabularies.flatMap((name) =>
  kinds.flatMap((kind) =>
    npmRivals(name).map((rival) =>
      raceOf(`encode ${kind}, ${name}, against ${rival.name}`, () => {
        const text = textOf(kind).slice(0, 1_000_000);
        const theirs = inProcess(rival.name, (times) => repeat(times, () => rival.encode(text)));
        return { scale: megabytes(text), target: 1.5, ours: ours(name, text), theirs };
      }),
    ),
  ),
);

function textOf(kind: Kind): string {
  texts ??= benchTexts();
  return (texts.get(kind) ?? '').slice(0, kind === 'chinese' ? 1_400_000 : 4_000_000);
}

function ours(name: PublishedName, text: string): Contestant {
  const tokenizer = tokenizers.get(name) ?? publishedRanks(name);
  tokenizers.set(name, tokenizer);
  return inProcess('Athanor', (times) => repeat(times, () => tokenizer.encode(text)));
}

function npmRivals(name: PublishedName): { name: string; encode: (text: string) => unknown }[] {
  const gptTokenizer = name === 'gpt2' ? gpt2Rival : cl100kRival;
  const plain = { disallowedSpecial: new Set<string>() };
  let wasm: ReturnType<typeof get_encoding> | undefined;
  return [
    { name: 'gpt-tokenizer', encode: (text) => gptTokenizer.encode(text, plain) },
    {
      name: 'tiktoken (npm)',
      encode: (text) => {
        wasm ??= get_encoding(name === 'gpt2' ? 'gpt2' : 'cl100k_base');
        return wasm.encode_ordinary(text);
      },
    },
  ];
}

function repeat(times: number, work: () => unknown): void {
  for (let i = 0; i < times; i++) work();
}

function megabytes(text: string): ReturnType<typeof perSecond> {
  return perSecond(Buffer.byteLength(text) / 1e6, 'MB');
}
