/** The history of ChatGPT, one stage after the other. They meet through the files of a run. */
export {
  type CompareConfig,
  checkCompareConfig,
  compare,
  compareConfig,
  compareFolders,
  readComparePrompts,
  readJudgedTasks,
  writeComparison,
} from './compare.ts';
export {
  type CorpusConfig,
  checkCorpusConfig,
  cleanedSources,
  corpus,
  corpusConfig,
  formatFunnel,
  prepareVersion,
} from './corpus.ts';
export { type EvalConfig, evalConfig, evaluate } from './eval.ts';
export { checkPpoConfig, type PpoConfig, ppo, ppoConfig, ppoFaithful } from './ppo.ts';
export { checkPretrainConfig, type PretrainConfig, pretrain, pretrainConfig } from './pretrain.ts';
export {
  checkRewardConfig,
  type RewardConfig,
  readAnswers,
  reward,
  rewardConfig,
  type ScoredRow,
  scoreAnswers,
} from './reward.ts';
export { type SampleConfig, sample, sampleConfig } from './sample.ts';
export { checkSftConfig, type SftConfig, sft, sftConfig } from './sft.ts';
export { type TokenizerConfig, tokenizer, tokenizerConfig } from './tokenizer.ts';
export { hashWeights } from './training/index.ts';
