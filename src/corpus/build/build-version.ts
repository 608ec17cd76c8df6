/** Builds a version of a corpus: clean, de-duplicate, check, write, publish. */
import { join } from 'node:path';
import { ConfigError, takeLock } from '../../base/index.ts';
import { loadTokenizer } from '../../tokenizer/index.ts';
import { ancestorsOf } from '../version/ancestors.ts';
import { CorpusStore } from '../version/corpus-store.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { ancestorParts, verifyFiles } from '../version/verify-files.ts';
import { hashOf } from '../version/version-id.ts';
import { assembleVersion } from './assemble-version.ts';
import type { BuildConfig, BuildOptions } from './build-config.ts';
import { type Plan, signatureRevision } from './build-plan.ts';
import { BuildProgress } from './build-progress.ts';
import { stepsOf } from './build-steps.ts';
import { checkBuildConfig } from './check-config.ts';
import { hashEvaluationSets, loadEvaluationGrams } from './evaluation-sets.ts';
import { hashInputs } from './hash-inputs.ts';
import { withQualityModel } from './identify-rules.ts';
import { type Inputs, listInputs } from './inputs.ts';
import { planShards } from './plan.ts';
import { sizeOf } from './sections.ts';
import { type PlannedShard, shardFolders } from './shard-folders.ts';
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

interface Build {
  config: BuildConfig;
  options: BuildOptions;
  store: CorpusStore;
  parents: readonly StoredVersion[];
  workFolder: string;
}

async function build(given: Build): Promise<StoredVersion | undefined> {
  const { options, store, parents } = given;
  const start = performance.now();
  const plan = await planBuild(given);
  const sections = plan.shards.flatMap(({ files }) => files.map(({ section }) => section));
  const totalBytes = sections.reduce((sum, section) => sum + sizeOf(section), 0);
  using progress = new BuildProgress(options.progress, totalBytes);
  await using workers = await Workers.start(options, (done) => progress.add(done));
  for (const { name, work } of stepsOf(plan)) {
    progress.enter(name);
    if (!(await work(workers, options.stop))) return undefined;
  }
  progress.enter('report');
  const seconds = () => (performance.now() - start) / 1000;
  return assembleVersion({ ...plan, store, parents, seconds });
}

/** Everything that is known before the work begins, read and verified. */
async function planBuild({ config: given, parents, store, workFolder }: Build): Promise<Plan> {
  const ancestors = ancestorsOf(parents, store);
  checkSameSignatures(ancestors);
  for (const ancestor of ancestors) await verifyFiles(ancestor, ancestorParts);
  const config = withQualityModel(given, workFolder);
  const { evaluationSets = {}, tokenizer } = config;
  const evaluation = await hashEvaluationSets(evaluationSets);
  // An item that cannot be read is to be known before hours of work.
  await loadEvaluationGrams(evaluationSets, hashOf(evaluation));
  const tokenizerHash = tokenizer === undefined ? 'none' : (await loadTokenizer(tokenizer)).hash;
  const shards = await planAllShards(config, workFolder);
  return { config, shards, ancestors, workFolder, evaluation, tokenizerHash };
}

async function planAllShards(config: BuildConfig, workFolder: string): Promise<PlannedShard[]> {
  const inputs: [string, Inputs][] = [];
  for (const [name, source] of Object.entries(config.sources)) {
    inputs.push([name, await listInputs(name, source)]);
  }
  const files = inputs.flatMap(([, listed]) => listed.files);
  const sections = await hashInputs(files, join(workFolder, 'inputs.json'));
  const plans = inputs.flatMap(([name, listed]) => planShards(name, listed, sections));
  return plans.map((plan) => {
    const contents = plan.files.map(({ file, section }) => {
      const { firstLine, sha256, numLines } = section;
      const rows = numLines === undefined ? [] : [numLines];
      return [file.path, file.licence, firstLine, sha256, ...rows];
    });
    const inputsHash = hashOf([contents, plan.rejected]);
    return { ...plan, inputsHash, folders: shardFolders(workFolder, plan) };
  });
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
