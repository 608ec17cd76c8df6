/**
 * The step that cuts out what many documents have. Lines are counted among documents that repeat no
 * other: of a page that was fetched a hundred times nothing would be left.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  findRepeatedLines,
  lineHashesOf,
  mergeHashes,
  type RepeatedLineRules,
  repeatedLineFilter,
} from '../deduplicate/index.ts';
import type { Document } from '../document.ts';
import { BytesWriter } from './bytes-writer.ts';
import { CleanOutput, originOf } from './clean-output.ts';
import { type JudgedShard, judgedDocuments } from './survivors.ts';

export const linesFile = 'lines.bin';
export const repeatedFile = 'repeated.bin';

/** Writes the hashes of the lines of a shard's documents. */
export async function hashLines(
  folder: string,
  shard: JudgedShard,
  rules: RepeatedLineRules,
): Promise<void> {
  const writer = new BytesWriter(join(folder, linesFile));
  try {
    for await (const { document, index, duplicate } of judgedDocuments(shard)) {
      if (duplicate === undefined) writer.write(lineHashesOf(document.text, rules));
      if (index % 500 === 0) await nextTurn();
    }
    writer.close();
  } finally {
    writer.abandon();
  }
}

/** Finds repeated lines over all shards, and adds those that ancestors have cut out. */
export function gatherRepeatedLines(
  folder: string,
  files: readonly string[],
  older: readonly string[],
  rules: RepeatedLineRules,
): void {
  const known = older.map((path) => readFileSync(path));
  writeFileSync(
    join(folder, repeatedFile),
    mergeHashes([findRepeatedLines(files, rules), ...known]),
  );
}

/** Cuts them out of a shard's documents, and writes these as the first step does. */
export async function cutShard(
  folder: string,
  shard: JudgedShard,
  repeated: string,
  rules: RepeatedLineRules,
): Promise<void> {
  using output = new CleanOutput(folder, () => {});
  const filter = repeatedLineFilter(readFileSync(repeated), rules);
  for await (const { document, index, duplicate } of judgedDocuments(shard)) {
    const origin = originOf(document);
    if (duplicate !== undefined) {
      const { drop, duplicateOf } = duplicate;
      output.drop('duplicate', { ...origin, ...drop, duplicateOf }, document.text);
    } else {
      const verdict = filter.judge(document);
      if ('drop' in verdict) output.drop('check', { ...origin, ...verdict.drop }, document.text);
      else output.keep(withCut(verdict.document, document));
    }
    if (index % 500 === 0) await nextTurn();
  }
  output.finish();
}

function withCut(cut: Document, whole: Document): Document {
  if (cut === whole) return whole;
  return { ...cut, cutBytes: Buffer.byteLength(whole.text) - Buffer.byteLength(cut.text) };
}
