/** Language models: one typed config from GPT-1 to Qwen3. */

export { type ParameterBreakdown, parameterBreakdown, parameterBreakdownOf } from './breakdown.ts';
export { Gpt, type GptLossOptions, type GptOptions } from './gpt.ts';
export { type GptConfig, type ResolvedGptConfig, resolveGptConfig } from './gpt-config.ts';
export {
  type Gpt2Size,
  type Gpt3Size,
  gpt1,
  gpt2,
  gpt3,
  type ModernConfig,
  modern,
  presetConfig,
  presets,
} from './presets.ts';
