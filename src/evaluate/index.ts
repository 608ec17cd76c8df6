/** Measuring models. */

export { comparisonHtml, comparisonMarkdown } from './compare/comparison-page.ts';
export { comparisonRows, describeItems } from './compare/comparison-rows.ts';
export type { GoldPrompt } from './compare/gold-prompt.ts';
export {
  type ComparedItem,
  type ComparedTasks,
  compareItems,
  compareTasks,
  type ModelComparison,
  type Pair,
} from './compare/model-comparison.ts';
export { type Estimate, estimateMean } from './compare/paired-estimate.ts';
export {
  type SampleAnswersConfig,
  type SampledAnswer,
  sampleAnswers,
} from './compare/sample-answers.ts';
export { sequenceLogprobs } from './compare/sequence-logprobs.ts';
export { formatRewardReport } from './reward/format-reward-report.ts';
export type { RaterAgreement } from './reward/rater-agreement.ts';
export { pairAccuracy, type RewardReport, rewardReport } from './reward/reward-report.ts';
export type { ScoredComparison } from './reward/scored-comparison.ts';
export { type AnswersPage, answersHtml, answersMarkdown } from './tasks/answers-page.ts';
export {
  type EvaluateTasksConfig,
  evaluateTasks,
  judgeAnswers,
  type PromptTemplate,
} from './tasks/evaluate-tasks.ts';
export { judgeAnswer, normalizeAnswer } from './tasks/judge-answer.ts';
export { ProgramJudge } from './tasks/programs/program-judge.ts';
export type { AnswerRule, EvaluationTask, ProgramCall, Value } from './tasks/task.ts';
export {
  formatReports,
  type JudgedAnswer,
  makeReport,
  type Score,
  type TaskReport,
} from './tasks/task-report.ts';
export { wilsonInterval } from './tasks/wilson-interval.ts';
export { textPerplexities } from './text-perplexity.ts';
export {
  countCharacters,
  type LossSums,
  meanLoss,
  type ValidationLoss,
  validationLoss,
} from './validation-loss.ts';
