/** Language models: one typed config from GPT-1 to Qwen3. */
export { Gpt, type GptLossOptions, type GptOptions } from './gpt.ts';
export { type GptConfig, type ResolvedGptConfig, resolveGptConfig } from './gpt-config.ts';
