import type { ChatTemplate } from '../../chat/index.ts';
import { type CausalModel, generateTokens } from '../../generate/index.ts';
import { judgeAnswer } from './judge-answer.ts';
import { ProgramJudge } from './programs/program-judge.ts';
import type { EvaluationTask } from './task.ts';
import { makeReport, type TaskReport } from './task-report.ts';

/** What is needed of a chat template to ask and to understand. */
export type PromptTemplate = Pick<ChatTemplate, 'renderPrompt' | 'parseAnswer' | 'stopTokens'>;

export interface EvaluateTasksConfig {
  model: CausalModel;
  template: PromptTemplate;
  tasks: readonly EvaluationTask[];
  /** The first ids of a vocabulary that is padded. Default: all of the model's. */
  numTokens?: number;
  /** Of an answer; a longer one is cut, and mostly wrong. Default: 64. */
  maxTokens?: number;
  /** Answers that are generated at once. Default: 64. */
  maxBatchSize?: number;
}

/**
 * Asks a model every task, greedily, and judges the answers by their rules.
 *
 * @throws ConfigError for a task that the template refuses or that fills the model's context
 */
export async function evaluateTasks(config: EvaluateTasksConfig): Promise<TaskReport> {
  const { model, template, tasks, numTokens, maxTokens = 64, maxBatchSize = 64 } = config;
  const { stopTokens } = template;
  const requests = tasks.map(({ messages }) => {
    const prompt = template.renderPrompt(messages);
    return { prompt, maxTokens, stopTokens, temperature: 0, seed: 0 };
  });
  const batch = { maxBatchSize, ...(numTokens !== undefined && { numTokens }) };
  const generated = await generateTokens(model, requests, batch);
  const answers = generated.map(({ tokens }) => template.parseAnswer(tokens).content);
  return makeReport(tasks, answers, await judgeAnswers(tasks, answers));
}

/** Whether each answer is right by the rule of its task. */
export async function judgeAnswers(
  tasks: readonly EvaluationTask[],
  answers: readonly string[],
): Promise<boolean[]> {
  using programs = new ProgramJudge();
  return await Promise.all(
    tasks.map(({ rule }, i) => judgeAnswer(rule, answers[i] ?? '', programs)),
  );
}
