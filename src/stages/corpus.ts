/**
 * The corpus stage: gathers what the model will read, and says what it is.
 *
 * Files of the user stay where they are; what a generator makes and what is cut lies in the stage's
 * folder. `corpus.json`, written last, names the files of every source.
 */
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import {
  ConfigError,
  FileError,
  ProgressLine,
  type StageContext,
  type StageResult,
} from '../base/index.ts';
import { type SourceManifest, writeCorpusManifest } from '../corpus/index.ts';

/** One source of text: `files` or a `generator`. */
export interface CorpusSource {
  /** Text, or JSON lines with a `text` field, also gzipped. */
  files?: string[];
  /** The name of a built-in corpus, and what to ask of it. */
  generator?: string;
  options?: Record<string, string | number>;
  /** Its part of the samples, in relation to the other weights. Default: 1. */
  weight?: number;
  /** The share that is held out for validation, from 0 to below 1. Default: 0. */
  heldOut?: number;
  /** Hold out documents by their hash, or the end of a single text. Default: document. */
  heldOutBy?: 'document' | 'position';
}

export interface CorpusConfig {
  sources: Record<string, CorpusSource>;
}

export const corpusConfig = z.strictObject({
  sources: z.record(
    z.string().regex(/^[\w-]+$/),
    z.strictObject({
      files: z.array(z.string()).min(1).exactOptional(),
      generator: z.string().exactOptional(),
      options: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
      weight: z.number().positive().exactOptional(),
      heldOut: z.number().min(0).lt(1).exactOptional(),
      heldOutBy: z.enum(['document', 'position']).exactOptional(),
    }),
  ),
}) satisfies z.ZodType<CorpusConfig>;

/** @throws ConfigError for a source without text, FileError for files that cannot be read. */
export async function corpus(
  { sources }: CorpusConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const folder = context.run.file('corpus');
  mkdirSync(folder, { recursive: true });
  using progress = new ProgressLine(context.progress);
  const manifests: Record<string, SourceManifest> = {};
  for (const [name, source] of Object.entries(sources)) {
    if (context.stop.isRequested) return undefined;
    progress.update(`corpus: ${name}`, { stage: 'corpus', source: name });
    manifests[name] = await gather(name, source, folder, context);
  }
  writeCorpusManifest(folder, { sources: manifests });
  const metrics: Record<string, number> = {};
  for (const [name, { sizeBytes }] of Object.entries(manifests))
    metrics[`${name}Bytes`] = sizeBytes;
  return { metrics, checks: [] };
}

async function gather(
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
  return { ...parts, weight, ...(await summarize(folder, files)) };
}

/** Absolute names of the user's files, names in the folder for those that are made. */
async function filesOf(
  name: string,
  { files, generator, options = {} }: CorpusSource,
  folder: string,
  { generators }: StageContext,
): Promise<string[]> {
  const what = `corpus.sources.${name}`;
  if ((files === undefined) === (generator === undefined)) {
    const got = files === undefined ? 'neither' : 'both';
    throw new ConfigError({ what, must: 'have files or a generator', got });
  }
  if (generator === undefined) return (files ?? []).map((file) => checkedFile(what, file));
  const make = Object.hasOwn(generators, generator) ? generators[generator] : undefined;
  if (make === undefined) {
    const must = `be one of ${Object.keys(generators).join(', ')}`;
    throw new ConfigError({ what: `${what}.generator`, must, got: generator });
  }
  await writeWhole(join(folder, `${name}.jsonl`), async (file) => {
    for (const { text } of make(options)) {
      await file.write(`${JSON.stringify({ text })}\n`);
    }
  });
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

/** A file that appears under its name when it is complete. */
async function writeWhole(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(`${path}.partial`, 'w');
  try {
    await fill(file);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
}

async function summarize(
  folder: string,
  files: readonly string[],
): Promise<Pick<SourceManifest, 'sizeBytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const file of files) {
    const path = resolve(folder, file);
    try {
      for await (const block of createReadStream(path, { highWaterMark: 2 ** 20 })) {
        hash.update(block);
        sizeBytes += block.length;
      }
    } catch (cause) {
      const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new FileError({ what: path, must: 'be readable', got }, { cause });
    }
    await nextTurn();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
