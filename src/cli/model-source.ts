/** From what a user types to a model folder: a run, a stage of it, a checkpoint, any model folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../base/index.ts';
import type { ChatTemplate } from '../chat/index.ts';
import type { Tokenizer } from '../tokenizer/index.ts';

/** Where `athanor run` puts its runs. */
const runsFolder = 'runs';
const checkpointsName = 'checkpoints';
const modelName = 'model';
const configName = 'config.json';
/** Of an adapter, which is a model together with its base. */
const adapterConfigName = 'adapter_config.json';

/**
 * The folder of the model that is meant: the newest whole checkpoint of a run (of the stage that
 * saved last) or the model that this stage has selected from them; or a model folder as it is, whose
 * hashes are compared where it has a manifest.
 *
 * @param source a path, or the name of a run in `runs/`
 * @throws ConfigError when there is no such thing; FileError, NoUsableCheckpointError for damage.
 */
export async function findModelFolder(source: string): Promise<string> {
  const folder = findFolder(source);
  const isModel = [configName, adapterConfigName].some((name) => existsSync(join(folder, name)));
  if (isModel) return await verified(folder);
  const { latestCheckpoint } = await import('../train/index.ts');
  const checkpoints = findCheckpoints(folder);
  const selected = join(dirname(checkpoints), modelName);
  return existsSync(join(selected, configName)) ? selected : latestCheckpoint(checkpoints);
}

/** The chat template of a model folder; that of the base where it holds an adapter without one. */
export async function chatTemplateOfModel(
  folder: string,
  tokenizer: Tokenizer,
): Promise<ChatTemplate | undefined> {
  const { chatTemplateOf } = await import('../chat/index.ts');
  const { findBase, isAdapterFolder } = await import('../model/index.ts');
  const template = await chatTemplateOf(folder, tokenizer);
  if (template !== undefined || !isAdapterFolder(folder)) return template;
  return chatTemplateOf(findBase(folder), tokenizer);
}

function findFolder(source: string): string {
  const found = [source, join(runsFolder, source)].find((path) => source !== '' && isFolder(path));
  if (found !== undefined) return found;
  const runs = isFolder(runsFolder) ? readdirSync(runsFolder).sort() : [];
  throw new ConfigError({
    what: 'the run or model folder',
    must: 'exist',
    got: source === '' ? 'an empty name' : source,
    hint: runs.length > 0 ? `the runs here are ${runs.join(', ')}` : 'athanor run quickstart',
  });
}

/** A checkpoint whose hashes are wrong would speak nonsense, or nearly sense. */
async function verified(folder: string): Promise<string> {
  if (!existsSync(join(folder, 'manifest.json')) || !/^step-\d+$/.test(basename(folder))) {
    return folder;
  }
  const { verifyCheckpoint } = await import('../train/index.ts');
  return verifyCheckpoint(folder).path;
}

/** The folder of checkpoints in the folder of a run or of a stage. */
function findCheckpoints(folder: string): string {
  if (readdirSync(folder).some((name) => /^step-\d+$/.test(name))) return folder;
  const inside = readdirSync(folder).map((name) => join(folder, name));
  const places = [folder, ...inside.filter(isFolder)];
  const found = places.map((place) => join(place, checkpointsName)).filter(isFolder);
  // A checkpoint that appears or goes changes the time of its parent.
  const newest = found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest !== undefined) return newest;
  throw new ConfigError({
    what: folder,
    must: `be a run with checkpoints, or a model folder with a ${configName}`,
    got: 'a folder with neither',
    hint: 'athanor runs lists runs; athanor pretrain makes a first checkpoint',
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
