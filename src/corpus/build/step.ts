/** One step of a build on one shard: done once, as long as what it depends on stays the same. */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  asFileError,
  hashFile,
  makeFolder,
  syncFolder,
  writeFileAtomic,
} from '../../base/index.ts';

/** `done.json`: what a step was made of, and what it made. */
interface CompletionRecord {
  inputs: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, string>>;
}

const recordName = 'done.json';
const unfinished = /^\..*\.tmp-/;

/**
 * Lets `work` fill a new folder, and gives it its name when it is complete: what lies under `folder`
 * is always whole. Does nothing where an earlier run made it of the same inputs and its files are
 * as they were left.
 *
 * @param inputs hashes of everything that the outputs depend on, by name
 * @returns whether the work was done now
 */
export async function runStep(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<void> | void,
): Promise<boolean> {
  if (await isDone(folder, inputs)) return false;
  const name = `.${basename(folder)}.tmp-${randomUUID()}`;
  const draft = join(dirname(folder), name);
  try {
    makeFolder(draft);
    await work(draft);
    await finish(draft, folder, inputs);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw asFileError(error, folder, 'write');
  }
  return true;
}

/** Removes what killed runs left unfinished, in a folder and the folders in it. */
export function removeUnfinished(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (unfinished.test(entry.name)) fs.rmSync(path, { recursive: true });
    else if (entry.isDirectory()) removeUnfinished(path);
  }
}

/** Name → SHA-256 of what a finished step has made, for the steps that depend on it. */
export function outputsOf(folder: string): Readonly<Record<string, string>> {
  const text = fs.readFileSync(join(folder, recordName), 'utf8');
  return (JSON.parse(text) as CompletionRecord).outputs;
}

/** Whether a folder holds what the step would make. */
async function isDone(folder: string, inputs: Readonly<Record<string, string>>): Promise<boolean> {
  let record: CompletionRecord;
  try {
    record = JSON.parse(fs.readFileSync(join(folder, recordName), 'utf8')) as CompletionRecord;
  } catch {
    return false;
  }
  if (!isSame(record.inputs ?? {}, inputs)) return false;
  try {
    return isSame(record.outputs ?? {}, await hashesOf(folder));
  } catch {
    return false;
  }
}

async function finish(
  draft: string,
  folder: string,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const record: CompletionRecord = { inputs, outputs: await hashesOf(draft) };
  writeFileAtomic(join(draft, recordName), `${JSON.stringify(record, null, 2)}\n`);
  // An outdated folder goes first: if we die here, the step is done again.
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(draft, folder);
  syncFolder(dirname(folder));
}

async function hashesOf(folder: string): Promise<Record<string, string>> {
  const names = fs.readdirSync(folder).filter((name) => name !== recordName);
  const hashes: Record<string, string> = {};
  for (const name of names.sort()) hashes[name] = await hashFile(join(folder, name));
  return hashes;
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
