/** A recipe: the numbers of a whole run, one group for each stage. */
import type {
  CompareConfig,
  CorpusConfig,
  EvalConfig,
  PpoConfig,
  PretrainConfig,
  RewardConfig,
  SampleConfig,
  SftConfig,
  TokenizerConfig,
} from '../stages/index.ts';

/** A typed value. A variant is a spread of another. */
export interface Recipe {
  /** Also the folder of its runs: `runs/<name>`. */
  name: string;
  /** What it makes, on which hardware, in which time: one line. */
  description: string;
  /** Everything that is drawn at random follows from it. Default: 1. */
  seed?: number;
  corpus?: CorpusConfig;
  tokenizer?: TokenizerConfig;
  pretrain?: PretrainConfig;
  sample?: SampleConfig;
  sft?: SftConfig;
  reward?: RewardConfig;
  ppo?: PpoConfig;
  eval?: EvalConfig;
  compare?: CompareConfig;
}

/** The stages in the order in which they run. */
export const stageNames = [
  'corpus',
  'tokenizer',
  'pretrain',
  'sample',
  'sft',
  'reward',
  'ppo',
  'eval',
  'compare',
] as const;

export type StageName = (typeof stageNames)[number];

/** Gives completion and checks types while a recipe is written. */
export function defineRecipe(recipe: Recipe): Recipe {
  return recipe;
}
