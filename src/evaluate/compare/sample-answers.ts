import type { Seed } from '../../base/index.ts';
import type { Message } from '../../chat/index.ts';
import { type CausalModel, generateTokens } from '../../generate/index.ts';
import type { PromptTemplate } from '../tasks/evaluate-tasks.ts';

/** What a model wrote. */
export interface SampledAnswer {
  /** What it went on from. */
  readonly prompt: Uint32Array;
  /** The answer, its end token included where there is one. */
  readonly tokens: readonly number[];
  readonly text: string;
  /** Whether an end token came. */
  readonly isFinished: boolean;
}

export interface SampleAnswersConfig {
  readonly model: CausalModel;
  readonly template: PromptTemplate;
  /** Each ends with the user. */
  readonly prompts: readonly (readonly Message[])[];
  /** The first ids of a vocabulary that is padded. */
  readonly numTokens: number;
  /** Answers to each prompt. Default: 1. */
  readonly perPrompt?: number;
  /** Default: 1; 0 is greedy. */
  readonly temperature?: number;
  /** Of an answer. */
  readonly maxTokens: number;
  readonly seed: Seed;
  /** Answers that are generated at once. Default: 64. */
  readonly maxBatchSize?: number;
}

/**
 * Answers to each prompt, in their order; none to one that leaves no room in the model's context. An
 * answer depends on the seed, its prompt and its place alone.
 */
export async function sampleAnswers(config: SampleAnswersConfig): Promise<SampledAnswer[][]> {
  const { model, template, prompts, numTokens, perPrompt = 1, maxTokens, seed } = config;
  const { temperature = 1, maxBatchSize = 64 } = config;
  const rendered = prompts.map((messages) => template.renderPrompt(messages));
  const places = [...rendered.keys()].filter(
    (place) => (rendered[place]?.length ?? 0) < model.config.contextLength,
  );
  const requests = places.flatMap((place) =>
    Array.from({ length: perPrompt }, (_, i) => ({
      ...{ prompt: rendered[place] ?? [], maxTokens, temperature, seed },
      ...{ stopTokens: template.stopTokens, stream: place * perPrompt + i },
    })),
  );
  const generated = await generateTokens(model, requests, { maxBatchSize, numTokens });
  const answers: SampledAnswer[][] = prompts.map(() => []);
  for (const [at, { tokens, finishReason }] of generated.entries()) {
    const place = places[Math.floor(at / perPrompt)] as number;
    answers[place]?.push({
      prompt: rendered[place] as Uint32Array,
      tokens,
      text: template.parseAnswer(tokens).content,
      isFinished: finishReason === 'stop',
    });
  }
  return answers;
}
