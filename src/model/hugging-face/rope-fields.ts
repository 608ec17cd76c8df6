/** The fields of config.json about positions: RoPE and windows. */
import type { JsonFields } from './json-fields.ts';

const onlyPlain = 'positions that are stretched or scaled are not computed here';

/**
 * The base of plain RoPE, from either of the places where versions of transformers keep it.
 * @throws ConfigError for scaled or partial RoPE, and when the two places disagree.
 */
export function readRopeBase(fields: JsonFields): number {
  for (const name of ['rope_parameters', 'rope_scaling']) {
    const rope = fields.object(name);
    for (const kind of ['rope_type', 'type']) rope?.only(kind, 'default', onlyPlain);
    rope?.only('partial_rotary_factor', 1, onlyPlain);
  }
  fields.only('partial_rotary_factor', 1, onlyPlain);
  const inObject = fields.object('rope_parameters')?.number('rope_theta', 10_000);
  const base = fields.number('rope_theta', inObject ?? 10_000);
  if (inObject !== undefined && inObject !== base) {
    fields.refuse('rope_theta', `be equal to rope_parameters.rope_theta (${inObject})`);
  }
  return base;
}

/** @throws ConfigError when a layer sees less than all positions before it. */
export function refuseWindows(fields: JsonFields): void {
  const hint = 'models with sliding windows are not computed here';
  fields.only('use_sliding_window', false, hint);
  if (fields.has('sliding_window') && !fields.has('use_sliding_window')) {
    fields.refuse('sliding_window', 'be null', hint);
  }
  const types = fields.value('layer_types') ?? [];
  const isFull = Array.isArray(types) && types.every((type) => type === 'full_attention');
  if (!isFull) fields.refuse('layer_types', 'hold nothing but "full_attention"', hint);
}
