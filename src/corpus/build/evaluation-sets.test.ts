/** Documents with questions on which models will be measured. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { StoredVersion } from '../version/index.ts';
import { dropFilesOf } from '../version/version-files.ts';
import type { BuildConfig, BuildOptions } from './build-config.ts';
import { buildIn, expectNothingLost, linesOf, words } from './testing/built-store.ts';
import { configOf, sourceOf, temporaryFolder, writeJsonLines } from './testing/small-store.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function build(
  config: BuildConfig,
  store = 'store',
  changes: Partial<BuildOptions> = {},
): Promise<StoredVersion> {
  return buildIn(join(folder, store), config, changes);
}

const question = words('question', 16);

test('documents that hold 13 words of an evaluation set are dropped, by the name of the set', async () => {
  const records = [
    { text: `So they asked: ${question.toUpperCase()}?` },
    { text: words('innocent') },
    { text: question.split(' ').slice(0, 12).join(' ') },
    { text: `${words('essay')} ${words('answer', 13)}` },
  ];
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': records });
  const exam = writeJsonLines(join(folder, 'exam'), {
    'exam.jsonl': [{ question, answer: words('answer', 13) }],
  });
  const files = [join(exam, 'exam.jsonl')];
  const evaluationSets = { exam: { files, fields: ['question', 'answer'] } };
  const config = configOf({ web: sourceOf(input) }, { evaluationSets });
  const version = await build(config);
  expectNothingLost(version);
  expect(version.manifest.sources.web?.dropped).toEqual({ 'contamination: evaluation set': 2 });
  const drops = await linesOf(dropFilesOf(version));
  expect(drops.map(({ id, value }) => [id, value])).toEqual([
    ['web/a.jsonl:1', 'exam'],
    ['web/a.jsonl:4', 'exam'],
  ]);
  const { exam: hash } = version.manifest.deduplicate.evaluationSets as Record<string, string>;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  // Other questions: the documents are judged again, the rest of the work is not done again.
  writeJsonLines(join(folder, 'exam'), { 'exam.jsonl': [{ question: words('innocent') }] });
  const next = await build(config);
  expect((await linesOf(dropFilesOf(next))).map(({ id }) => id)).toEqual(['web/a.jsonl:2']);
});

test('an evaluation set whose items cannot be read stops the build before it begins', async () => {
  const input = writeJsonLines(join(folder, 'in'), { 'a.jsonl': [{ text: 'a' }] });
  const exam = join(writeJsonLines(folder, { 'exam.jsonl': [{ question }] }), 'exam.jsonl');
  const withSet = (files: string[]) =>
    build(configOf({ web: sourceOf(input) }, { evaluationSets: { exam: { files } } }));
  await expect(withSet([exam])).rejects.toThrow(
    /must hold items of the evaluation set exam, got line 1: no text\n.*fields names the fields/,
  );
  fs.writeFileSync(join(folder, 'empty.jsonl'), '');
  await expect(withSet([join(folder, 'empty.jsonl')])).rejects.toThrow(/must have an item/);
  await expect(withSet([join(folder, 'none.jsonl')])).rejects.toThrow(/ENOENT/);
});
