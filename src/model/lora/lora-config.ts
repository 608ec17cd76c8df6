/** What of a model is fine-tuned by LoRA. */
import { ConfigError } from '../../base/index.ts';
import type { LinearPart, LowRankConfig } from '../../nn/index.ts';
import type { Gpt } from '../gpt.ts';
import { architectureOf } from '../hugging-face/architectures.ts';

export interface LoraConfig extends LowRankConfig {
  /**
   * Which linear layers are adapted: the last parts of their names in the model's architecture, as
   * PEFT's `target_modules`. `q_proj`, `k_proj`, `v_proj`, `o_proj`, `gate_proj`, `up_proj`,
   * `down_proj` in Llama and Qwen3; `c_attn`, `attn.c_proj`, `c_fc`, `mlp.c_proj` in GPT-2; the
   * fields of our modules in the rest. Default: `all-linear`, all of the blocks (Dettmers et al.
   * 2023, arXiv 2305.14314, §4: fewer stay below full fine-tuning).
   */
  targets?: 'all-linear' | readonly string[];
  /**
   * Trains token embedding and output layer as well, in full: needed where tokens are new. PEFT's
   * `modules_to_save`. Default: false.
   */
  trainEmbeddings?: boolean;
}

/**
 * The layers that targets name, in the order of the model.
 * @throws ConfigError for a target that the model does not have.
 */
export function findTargets(
  model: Gpt,
  targets: LoraConfig['targets'] = 'all-linear',
): Map<string, LinearPart> {
  const linears = architectureOf(model.config).linears(model);
  if (targets === 'all-linear') return linears;
  const found = new Set<string>();
  for (const target of targets) {
    const names = [...linears.keys()].filter((name) => isNamed(name, target));
    if (names.length === 0) throw unknownTarget(target, [...linears.keys()]);
    for (const name of names) found.add(name);
  }
  if (found.size === 0) throw unknownTarget('none at all', [...linears.keys()]);
  return new Map([...linears].filter(([name]) => found.has(name)));
}

/** Whether a name is the target, or ends with it behind a dot. */
export function isNamed(name: string, target: string): boolean {
  return name === target || name.endsWith(`.${target}`);
}

function unknownTarget(target: string, names: readonly string[]): ConfigError {
  const short = new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1)));
  return new ConfigError({
    what: 'a target of LoRA',
    must: `be one of ${[...short].join(', ')}, or all-linear for all of them`,
    got: target,
  });
}
