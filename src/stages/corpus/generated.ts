/** Texts and pages of built-in corpora, as files. */
import * as fs from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, findGenerator, type TextGenerator } from '../../base/index.ts';
import type { CorpusSource } from './config.ts';

type Generators = Readonly<Record<string, TextGenerator>>;

/** Writes the texts of a generator as JSON lines. @throws ConfigError when it makes pages. */
export async function writeTexts(
  path: string,
  what: string,
  { generator = '', options = {} }: CorpusSource,
  generators: Generators,
): Promise<void> {
  const make = findGenerator(what, generator, generators);
  await writeWhole(path, async (file) => {
    for (const item of make(options)) {
      if (!('text' in item)) throw needsCleaning(what, generator);
      await file.write(`${JSON.stringify({ text: item.text })}\n`);
    }
  });
}

/**
 * Writes what a generator makes into a folder: texts as JSON lines, pages as files whose path is
 * their address, as programs that fetch web sites do.
 */
export async function writeGenerated(
  folder: string,
  what: string,
  source: Pick<CorpusSource, 'generator' | 'options'>,
  generators: Generators,
): Promise<void> {
  const make = findGenerator(what, source.generator ?? '', generators);
  const draft = `${folder}.partial`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true });
  const texts = await open(join(draft, 'texts.jsonl'), 'w');
  try {
    for (const item of make(source.options ?? {})) {
      if ('text' in item) await texts.write(`${JSON.stringify({ text: item.text })}\n`);
      else writePage(draft, item);
    }
  } finally {
    await texts.close();
  }
  if (fs.statSync(join(draft, 'texts.jsonl')).size === 0) fs.rmSync(join(draft, 'texts.jsonl'));
  fs.rmSync(folder, { recursive: true, force: true });
  await rename(draft, folder);
}

/** A file that appears under its name when it is complete. */
export async function writeWhole(
  path: string,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(`${path}.partial`, 'w');
  try {
    await fill(file);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
}

function writePage(folder: string, { url, html }: { url: string; html: Uint8Array }): void {
  const { hostname, pathname } = new URL(url);
  const path = join(folder, hostname, ...pathname.split('/'));
  fs.mkdirSync(join(path, '..'), { recursive: true });
  fs.writeFileSync(path, html);
}

function needsCleaning(what: string, generator: string): ConfigError {
  const got = `${generator}, which makes web pages`;
  return new ConfigError({ what, must: 'make text, or have clean', got, hint: `${what}.clean={}` });
}
