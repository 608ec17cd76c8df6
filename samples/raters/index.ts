/** A panel of simulated raters, what they like, and rankings of theirs whose truth is known. */
export type { RatedPrompt, RatedQuestion } from './question.ts';
export {
  checkedPanel,
  corruptedAnswers,
  type Panel,
  panelRanks,
  type RankingConfig,
  type SampleRanking,
  sampleRankings,
} from './rankings.ts';
export { type RatedPromptConfig, ratedPrompts } from './rated-prompts.ts';
export { type Rater, rankAnswers, raterPanel } from './rater.ts';
export {
  goldScore,
  goldWeights,
  type Taste,
  type TasteWeights,
  tasteScores,
  tastes,
} from './tastes.ts';
export { type Corruption, corruptAnswer, corruptions } from './variants.ts';
