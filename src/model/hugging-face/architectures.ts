/** Between our config and `config.json`. */
import { ConfigError } from '../../base/index.ts';
import { type GptConfig, type ResolvedGptConfig, resolveGptConfig } from '../gpt-config.ts';
import type { Architecture } from './architecture.ts';
import { gpt2Architecture } from './gpt2.ts';
import { JsonFields, type JsonObject } from './json-fields.ts';
import { llamaArchitecture, qwen3Architecture } from './llama.ts';
import { ownArchitecture } from './own.ts';

/** The first that can express a config is used; our own expresses all. */
const architectures: readonly Architecture[] = [
  gpt2Architecture,
  qwen3Architecture,
  llamaArchitecture,
  ownArchitecture,
];

/** The architecture in whose words a config is written. */
export function architectureOf(config: ResolvedGptConfig): Architecture {
  return architectures.find(({ canExpress }) => canExpress(config)) ?? ownArchitecture;
}

/**
 * The content of `config.json`: as `GPT2LMHeadModel`, `Qwen3ForCausalLM` or `LlamaForCausalLM` where
 * one of these computes the same as `Gpt`, else with our own names, as `AthanorGpt`.
 *
 * @param endOfText the token between texts; null for none. It ends what others generate.
 */
export function huggingFaceConfig(config: GptConfig, endOfText: number | null = null): JsonObject {
  const full = resolveGptConfig(config);
  const architecture = architectureOf(full);
  return {
    architectures: [architecture.name],
    model_type: architecture.modelType,
    ...architecture.write(full),
    // Left out, these would be tokens of GPT-2 or Llama.
    ...{ bos_token_id: endOfText, eos_token_id: endOfText, pad_token_id: null },
    ...{ initializer_range: 0.02, use_cache: true, dtype: 'float32' },
  };
}

/**
 * The config of a model from the content of its `config.json`, ours or by transformers.
 *
 * @param where the file, for messages
 * @throws ConfigError naming the field: missing, of a wrong type, contradictory, or asking for what
 *   `Gpt` does not compute, such as scaled RoPE, sliding windows, quantised weights.
 */
export function gptConfigOf(json: unknown, where = 'config.json'): ResolvedGptConfig {
  const fields = new JsonFields(json, where);
  fields.only('quantization_config', null, 'use weights in float32, float16 or bfloat16');
  const config = findArchitecture(fields).read(fields);
  try {
    return resolveGptConfig(config);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new ConfigError(`${where}, as read here: ${cause.message}`, { cause });
  }
}

/** By `architectures`, or in a file without it by `model_type`. */
function findArchitecture(fields: JsonFields): Architecture {
  const names = fields.value('architectures');
  const name = Array.isArray(names) && names.length === 1 ? names[0] : names;
  const byName = architectures.find((architecture) => architecture.name === name);
  const type = fields.value('model_type');
  const byType = architectures.find(({ modelType }) => modelType === type);
  if (names !== undefined && byName === undefined) {
    const known = architectures.map((architecture) => JSON.stringify([architecture.name]));
    fields.refuse('architectures', `be one of ${known.join(', ')}`);
  }
  if (byName !== undefined && type !== undefined && byType !== byName) {
    fields.refuse('model_type', `be "${byName.modelType}" for ${byName.name}`);
  }
  const found = byName ?? byType;
  if (found !== undefined) return found;
  fields.refuse('model_type', `be one of ${architectures.map((a) => a.modelType).join(', ')}`);
}
