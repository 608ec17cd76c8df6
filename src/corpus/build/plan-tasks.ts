/** The tasks of the steps that every build has, with the hashes of what they depend on. */
import { join } from 'node:path';
import { type SignedDocuments, signedFilesOf } from '../version/version-files.ts';
import { hashOf } from '../version/version-id.ts';
import type { BuildSource } from './build-config.ts';
import { judgedShard, type Plan } from './build-plan.ts';
import { cleanFiles, readCleaned } from './clean-output.ts';
import { cleanRulesHash, codeVersion, workerRules } from './identify-rules.ts';
import { checksOf } from './plan-checks.ts';
import { type DocumentStep, deduplicateFolder, documentStep, keyOf } from './shard-folders.ts';
import { outputsOf } from './step.ts';
import type { BuildTask } from './tasks.ts';

export function cleanTasks({ config, shards }: Plan): BuildTask[] {
  const rules = new Map(
    Object.entries(config.sources).map(([name, source]) => [name, cleanRulesHash(source)]),
  );
  return shards.map(({ inputsHash, folders, ...shard }) => {
    const given = config.sources[shard.source] as BuildSource;
    const source = { ...given, clean: workerRules(given.clean) };
    const inputs = { files: inputsHash, rules: rules.get(shard.source) as string };
    return { kind: 'clean', folder: folders.clean, inputs, shard, source };
  });
}

/** @param step whose documents are compared */
export function deduplicateTask(plan: Plan, step: DocumentStep): BuildTask {
  const { config, shards, ancestors, workFolder } = plan;
  const old = ancestors.flatMap((version) => signedFilesOf(version));
  const own = shards.map((shard): SignedDocuments => {
    const folder = shard.folders[step];
    const path = (name: 'documents' | 'ids' | 'signatures') => join(folder, cleanFiles[name]);
    const files = {
      documents: path('documents'),
      ids: path('ids'),
      signatures: path('signatures'),
    };
    return { ...files, numDocuments: readCleaned(folder).numKept, key: keyOf(shard) };
  });
  const contents = shards.map((shard) => {
    const outputs = outputsOf(shard.folders[step]);
    return [keyOf(shard), outputs[cleanFiles.ids], outputs[cleanFiles.signatures]];
  });
  const { deduplicate: rules } = config;
  const inputs = {
    rules: hashOf({ codeVersion, rules }),
    ancestors: hashOf(ancestors.map(({ manifest }) => manifest.id)),
    signatures: hashOf(contents),
  };
  const folder = deduplicateFolder(workFolder, step);
  return { kind: 'deduplicate', folder, inputs, parts: [...old, ...own], rules };
}

export function writeTasks(plan: Plan): BuildTask[] {
  const { config, shards, tokenizerHash } = plan;
  const step = documentStep(config);
  return shards.map((planned) => {
    const { shard, inputs } = judgedShard(plan, planned, step);
    const { checks, hashes } = checksOf(plan, planned);
    const earlier = join(planned.folders.cut, cleanFiles.drops);
    const options = { ...shard, checks, ...(step === 'cut' && { earlierDrops: earlier }) };
    const drops = step === 'cut' ? outputsOf(planned.folders.cut)[cleanFiles.drops] : undefined;
    const all = { ...inputs, ...hashes, tokenizer: tokenizerHash, ...(drops && { drops }) };
    const { tokenizer } = config;
    return { kind: 'write', folder: planned.folders.write, inputs: all, options, tokenizer };
  });
}
