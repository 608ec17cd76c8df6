/** Builds a version of a corpus: clean, de-duplicate, write, publish. */
import { join } from 'node:path';
import { ConfigError, takeLock } from '../../base/index.ts';
import { ancestorsOf } from '../version/ancestors.ts';
import { CorpusStore } from '../version/corpus-store.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { type VersionPart, verifyFiles } from '../version/verify-files.ts';
import { hashOf } from '../version/version-id.ts';
import { assembleVersion } from './assemble-version.ts';
import type { BuildConfig, BuildOptions } from './build-config.ts';
import { BuildProgress } from './build-progress.ts';
import { checkBuildConfig } from './check-config.ts';
import { hashInputs } from './hash-inputs.ts';
import { type Inputs, listInputs } from './inputs.ts';
import { planShards } from './plan.ts';
import {
  cleanTasks,
  deduplicateTask,
  type PlannedShard,
  signatureRevision,
  writeTasks,
} from './plan-tasks.ts';
import { sizeOf } from './sections.ts';
import { removeUnfinished } from './step.ts';
import { Workers } from './workers.ts';

/**
 * Makes a version of the sources, or goes on with what an interrupted run has left. What was done
 * before of the same files with the same rules is not done again.
 *
 * @returns undefined when it was stopped; what was done is safe
 * @throws ConfigError for a name, a parent or a source that cannot be; FileError for what cannot be
 *   read or written, and when another process builds a version of this name; AthanorError when
 *   read = kept + rejected does not hold.
 */
export async function buildVersion(
  config: BuildConfig,
  options: BuildOptions,
): Promise<StoredVersion | undefined> {
  checkBuildConfig(config);
  const store = new CorpusStore(options.store);
  const parents = config.parents.map((reference) => store.find(reference));
  const workFolder = store.workFolderOf(config.name);
  const release = takeLock(join(workFolder, '.lock'));
  try {
    removeUnfinished(workFolder);
    await options.prepare?.();
    return await build({ config, options, store, parents, workFolder });
  } finally {
    release();
  }
}

/** What is read of an ancestor. */
const signedParts: readonly VersionPart[] = ['documents', 'ids', 'idEnds', 'signatures'];

interface Build {
  config: BuildConfig;
  options: BuildOptions;
  store: CorpusStore;
  parents: readonly StoredVersion[];
  workFolder: string;
}

async function build(given: Build): Promise<StoredVersion | undefined> {
  const { config, options, store, parents, workFolder } = given;
  const start = performance.now();
  const ancestors = ancestorsOf(parents, store);
  checkSameSignatures(ancestors);
  for (const ancestor of ancestors) await verifyFiles(ancestor, signedParts);
  const shards = await planShardsOf(config, workFolder);
  const files = shards.flatMap((shard) => shard.files);
  const totalBytes = files.reduce((sum, { section }) => sum + sizeOf(section), 0);
  using progress = new BuildProgress(options.progress, totalBytes);
  await using workers = await Workers.start(options, (done) => progress.add(done));
  const steps = [
    ['clean', () => cleanTasks(config, shards)],
    ['deduplicate', () => [deduplicateTask(config, shards, ancestors, workFolder)]],
    ['write', () => writeTasks(config, shards, workFolder)],
  ] as const;
  for (const [step, tasksOf] of steps) {
    progress.enter(step);
    if (!(await workers.run(await tasksOf(), options.stop))) return undefined;
  }
  progress.enter('report');
  const seconds = () => (performance.now() - start) / 1000;
  return assembleVersion({ config, store, parents, ancestors, shards, workFolder, seconds });
}

async function planShardsOf(config: BuildConfig, workFolder: string): Promise<PlannedShard[]> {
  const inputs: [string, Inputs][] = [];
  for (const [name, source] of Object.entries(config.sources)) {
    inputs.push([name, await listInputs(name, source)]);
  }
  const files = inputs.flatMap(([, listed]) => listed.files);
  const sections = await hashInputs(files, join(workFolder, 'inputs.json'));
  const plans = inputs.flatMap(([name, listed]) => planShards(name, listed, sections));
  return plans.map((plan) => ({
    ...plan,
    inputsHash: hashOf([
      plan.files.map(({ file, section }) => [
        ...[file.path, file.licence, section.firstLine, section.sha256],
      ]),
      plan.rejected,
    ]),
    cleanFolder: join(workFolder, 'clean', plan.source, plan.key),
    writeFolder: join(workFolder, 'write', plan.source, plan.key),
  }));
}

/** Signatures that other code has made cannot be compared. */
function checkSameSignatures(ancestors: readonly StoredVersion[]): void {
  const other = ancestors.find(
    ({ manifest }) => manifest.deduplicate.signatures !== signatureRevision,
  );
  if (other === undefined) return;
  throw new ConfigError({
    what: `the parent ${other.manifest.name}`,
    must: `have signatures of revision ${signatureRevision}`,
    got: JSON.stringify(other.manifest.deduplicate.signatures ?? 'none'),
    hint: 'build it again with this version of Athanor',
  });
}
