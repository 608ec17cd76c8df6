/** Sources that are taken as they are. */
import { createReadStream, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError, hashFiles, type StageContext } from '../../base/index.ts';
import type { SourceManifest } from '../../corpus/index.ts';
import type { CorpusSource } from './config.ts';
import { writeTexts, writeWhole } from './generated.ts';

/** Files of the user stay where they are; what is made and what is cut lies in the folder. */
export async function gather(
  name: string,
  source: CorpusSource,
  folder: string,
  context: StageContext,
): Promise<SourceManifest> {
  const { weight = 1, heldOut = 0, heldOutBy = 'document' } = source;
  const files = await filesOf(name, source, folder, context);
  const cut = heldOut > 0 && heldOutBy === 'position';
  const parts = cut
    ? await cutText(name, files, heldOut, folder)
    : { train: files, validation: [], heldOut };
  const { sha256, sizeBytes } = await hashFiles(files.map((file) => resolve(folder, file)));
  return { ...parts, weight, sizeBytes, sha256 };
}

/** Absolute names of the user's files, names in the folder for those that are made. */
async function filesOf(
  name: string,
  source: CorpusSource,
  folder: string,
  { generators }: StageContext,
): Promise<string[]> {
  const what = `corpus.sources.${name}`;
  if (source.generator === undefined) {
    return (source.files ?? []).map((file) => checkedFile(what, file));
  }
  await writeTexts(join(folder, `${name}.jsonl`), what, source, generators);
  return [`${name}.jsonl`];
}

function checkedFile(what: string, file: string): string {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() && stats.size > 0) return path;
  throw new ConfigError({
    what: `${what}.files`,
    must: 'name files with text in them',
    got: `${path} (${stats === undefined ? 'no such file' : stats.isFile() ? 'empty' : 'no file'})`,
    hint: `--set ${what}.files=<path of your text>`,
  });
}

/** Splits one text in two, at the start of a character. */
async function cutText(
  name: string,
  files: readonly string[],
  heldOut: number,
  folder: string,
): Promise<Pick<SourceManifest, 'train' | 'validation' | 'heldOut'>> {
  const [file = '', ...more] = files;
  if (more.length > 0 || !/\.(txt|md)$/.test(file)) {
    throw new ConfigError({
      what: `corpus.sources.${name}`,
      must: 'be a single text file (.txt, .md), to hold out its end',
      got: files.join(', '),
      hint: 'heldOutBy=document holds out documents of any files',
    });
  }
  const path = resolve(folder, file);
  const at = await characterStart(path, Math.floor(statSync(path).size * (1 - heldOut)));
  const [train, validation] = [`${name}.train.txt`, `${name}.validation.txt`];
  await writeWhole(join(folder, train), (out) => copy(path, out, 0, at));
  await writeWhole(join(folder, validation), (out) => copy(path, out, at, Infinity));
  return { train: [train], validation: [validation], heldOut: 0 };
}

/** The first position from `position` on that is not inside a character of UTF-8. */
async function characterStart(path: string, position: number): Promise<number> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, position);
    const isInside = (byte: number) => (byte & 0xc0) === 0x80;
    let skip = 0;
    while (skip < bytesRead && isInside(buffer[skip] as number)) skip++;
    return position + skip;
  } finally {
    await file.close();
  }
}

async function copy(path: string, out: FileHandle, start: number, end: number): Promise<void> {
  if (end <= start) return;
  for await (const block of createReadStream(path, { start, end: end - 1 })) await out.write(block);
}
