/** Between our names for how texts are generated and `generation_config.json`. */
import { JsonFields, type JsonObject } from './json-fields.ts';

/** How a model's texts are generated unless a request says otherwise; part of a request. */
export interface GenerationConfig {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repetitionPenalty?: number;
  maxTokens?: number;
  /** Tokens that end a text. */
  stopTokens?: readonly number[];
}

const names = {
  temperature: 'temperature',
  topK: 'top_k',
  topP: 'top_p',
  minP: 'min_p',
  repetitionPenalty: 'repetition_penalty',
  maxTokens: 'max_new_tokens',
} as const satisfies Partial<Record<keyof GenerationConfig, string>>;

/**
 * The content of `generation_config.json`.
 * @param endOfText the token between texts; null for none. It is the stop token when there is none.
 */
export function huggingFaceGeneration(
  config: GenerationConfig,
  endOfText: number | null = null,
): JsonObject {
  const { temperature, stopTokens = endOfText === null ? [] : [endOfText] } = config;
  const isGreedy = temperature === 0;
  const fields = Object.entries(names).flatMap(([ours, theirs]) => {
    const value = config[ours as keyof typeof names];
    // Greedy is said with `do_sample`; transformers refuses a temperature of 0.
    return value === undefined || (isGreedy && ours === 'temperature') ? [] : [[theirs, value]];
  });
  return {
    bos_token_id: endOfText,
    eos_token_id: stopTokens.length > 1 ? stopTokens : (stopTokens[0] ?? null),
    pad_token_id: endOfText,
    do_sample: !isGreedy,
    ...Object.fromEntries(fields),
  };
}

/**
 * What the content of a `generation_config.json` says in our names.
 * @throws ConfigError for a field of a wrong type. Ranges are checked by whoever generates.
 */
export function generationConfigOf(
  json: unknown,
  where = 'generation_config.json',
): GenerationConfig {
  const fields = new JsonFields(json, where);
  const config: GenerationConfig = {};
  for (const [ours, theirs] of Object.entries(names)) {
    if (fields.has(theirs)) config[ours as keyof typeof names] = fields.number(theirs);
  }
  if (!fields.boolean('do_sample', true)) config.temperature = 0;
  const ends = fields.value('eos_token_id') ?? [];
  const stopTokens = Array.isArray(ends) ? ends : [ends];
  if (!stopTokens.every((token) => Number.isSafeInteger(token) && token >= 0)) {
    fields.refuse('eos_token_id', 'be a token or a list of tokens');
  }
  if (stopTokens.length > 0) config.stopTokens = stopTokens as number[];
  return config;
}
