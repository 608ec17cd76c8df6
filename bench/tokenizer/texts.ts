/** The texts that tokenizers are measured on: yours, or a mixture that every checkout has. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateWorld } from '../../samples/index.ts';

export const kinds = ['english', 'chinese', 'code', 'mixed'] as const;
export type Kind = (typeof kinds)[number];

/** Characters of each kind; three of a kind are some 20 MB in UTF-8. */
const maxCharacters = 6_000_000;

/**
 * Files of `bench/texts/` whose names start with a kind (`chinese-poems.txt`) are that kind's text.
 * Without them, English and Chinese come from the sample world, code from the TypeScript compiler.
 */
export function benchTexts(): Map<Kind, string> {
  const [english, chinese, code] = [own('english'), own('chinese'), own('code')];
  const texts = new Map<Kind, string>([
    ['english', english ?? world('en')],
    ['chinese', chinese ?? world('zh')],
    ['code', code ?? compilerSource()],
  ]);
  const parts = [...texts.values()].map((text) => documentsOf(text));
  texts.set('mixed', interleave(parts).join('\n'));
  return texts;
}

/** Writes a text to a file of its own, where the peer reads it. */
export function writeText(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'athanor-bench-')), name);
  writeFileSync(path, text);
  return path;
}

/** A text cut at line ends into documents of a few thousand characters. */
export function documentsOf(text: string, numCharacters = 4_000): string[] {
  const documents: string[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start + numCharacters);
    const end = lineEnd < 0 ? text.length : lineEnd;
    documents.push(text.slice(start, end));
    start = end + 1;
  }
  return documents;
}

function own(kind: Kind): string | undefined {
  const folder = fileURLToPath(new URL('../texts/', import.meta.url));
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const chosen = names.filter((name) => name.startsWith(kind)).sort();
  if (chosen.length === 0) return undefined;
  const text = chosen.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  return text.slice(0, maxCharacters);
}

function world(language: 'en' | 'zh'): string {
  const texts: string[] = [];
  const wanted = language === 'en' ? maxCharacters : maxCharacters / 2.5;
  let numCharacters = 0;
  for (const document of generateWorld({ seed: 1, sizeBytes: 64e6 })) {
    if (document.language !== language) continue;
    texts.push(document.text);
    numCharacters += document.text.length;
    if (numCharacters >= wanted) break;
  }
  return texts.join('\n');
}

function compilerSource(): string {
  const file = new URL('../../node_modules/typescript/lib/typescript.js', import.meta.url);
  return readFileSync(file, 'utf8').slice(0, maxCharacters);
}

/** One document of each list in turn, until all are used up. */
function interleave(lists: readonly string[][]): string[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}
