/** Cuts the input files into tasks. The cuts depend on the files alone, not on how many work. */
import { fileState, jsonLinesName, packedName, readBlocks } from '../../base/index.ts';
import { safeCut } from '../splitters/safe-cut.ts';
import type { CountTask } from './count-task.ts';

const rangeBytes = 8 * 2 ** 20;
const searchBytes = 2 ** 16;

/** @throws FileError when a file is missing or is no ordinary file. */
export async function planTasks(files: readonly string[]): Promise<CountTask[]> {
  const tasks: CountTask[] = [];
  for (const file of files) tasks.push(...(await planFile(file)));
  return tasks;
}

async function planFile(file: string): Promise<CountTask[]> {
  const state = await fileState(file);
  const format = jsonLinesName.test(file) ? 'jsonl' : 'text';
  const cuts = packedName.test(file) ? [] : await findCuts(file, state.sizeBytes, format);
  const starts = [0, ...cuts];
  return starts.map((start, i) => {
    return { file, format, ...state, start, end: starts[i + 1] ?? state.sizeBytes };
  });
}

/** A place to cut near each multiple of the range size; none where the text offers none. */
async function findCuts(
  file: string,
  sizeBytes: number,
  format: CountTask['format'],
): Promise<number[]> {
  const cuts: number[] = [];
  for (let start = rangeBytes; start < sizeBytes; start += rangeBytes) {
    const end = Math.min(start + searchBytes, sizeBytes);
    for await (const bytes of readBlocks(file, { start, end })) {
      const cut = format === 'text' ? safeCut(bytes, 0, bytes.length) : bytes.indexOf(0x0a) + 1;
      if (cut > 0) cuts.push(start + cut);
    }
  }
  return cuts;
}
