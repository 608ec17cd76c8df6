/** What has changed between the run that saved a checkpoint and the one that resumes from it. */
import { ConfigError } from '../../base/index.ts';
import type { Facts, Json } from './manifest.ts';

/**
 * What a changed fact means:
 * - `refuse`: the checkpoint does not fit, or the result would be silently wrong;
 * - `new wins`: the value of the resumed run holds from here on;
 * - `checkpoint wins`: what the checkpoint says still holds, the new value has no effect;
 * - `inexact`: the run goes on, but will not end in the same bits as an uninterrupted one.
 */
export type ResumeRule = 'refuse' | 'new wins' | 'checkpoint wins' | 'inexact';

/** A path of the facts (`recipe.model.hiddenSize`), or one that ends in `.*`, and its rule. */
export type ResumeRules = Readonly<Record<string, ResumeRule>>;

export interface Difference {
  path: string;
  rule: ResumeRule;
  saved: Json | undefined;
  current: Json | undefined;
}

/** The rules of what `runFacts` gathers; a stage adds those of its recipe and its inputs. */
export const machineRules: ResumeRules = {
  // Follows from fields that are compared one by one.
  recipeSha256: 'new wins',
  'seeds.*': 'refuse',
  // Weights were drawn at step 0 and are in the checkpoint.
  'seeds.init': 'checkpoint wins',
  'inputs.*': 'refuse',
  'machine.*': 'inexact',
};

/** Every leaf that differs, with its rule: the longest path that fits; `refuse` where none does. */
export function compareFacts(saved: Facts, current: Facts, rules: ResumeRules): Difference[] {
  const before = flatten(saved);
  const after = flatten(current);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({
      path,
      rule: ruleOf(path, rules),
      saved: before.get(path),
      current: after.get(path),
    }));
}

/** @throws ConfigError that lists all differences which a run must not resume with. */
export function refuseUnsafe(differences: readonly Difference[]): void {
  const unsafe = differences.filter(({ rule }) => rule === 'refuse');
  if (unsafe.length === 0) return;
  throw new ConfigError({
    what: 'the run to be resumed',
    must: 'agree with its checkpoint',
    got: `${unsafe.length} differences:\n    ${unsafe.map(describeDifference).join('\n    ')}`,
    hint: 'set these values back, or start a run in a new folder',
  });
}

/** One line for the user. */
export function describeDifference({ path, rule, saved, current }: Difference): string {
  return `${path}: ${show(saved)} in the checkpoint, ${show(current)} now (${rule})`;
}

function ruleOf(path: string, rules: ResumeRules): ResumeRule {
  const exact = Object.hasOwn(rules, path) ? rules[path] : undefined;
  if (exact !== undefined) return exact;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const pattern = `${path.slice(0, end)}.*`;
    if (Object.hasOwn(rules, pattern)) return rules[pattern] ?? 'refuse';
  }
  return 'refuse';
}

/** Leaves by path. Empty containers are leaves, lest `[]` equal an absent field. */
function flatten(value: Json, path = '', leaves = new Map<string, Json>()): Map<string, Json> {
  const isContainer = typeof value === 'object' && value !== null;
  const entries = isContainer ? Object.entries(value) : [];
  if (entries.length === 0) leaves.set(path, isContainer ? JSON.stringify(value) : value);
  for (const [key, child] of entries) {
    flatten(child, path === '' ? key : `${path}.${key}`, leaves);
  }
  return leaves;
}

function show(value: Json | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
