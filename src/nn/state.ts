/** Named tensors into and out of modules. */
import { ConfigError } from '../base/index.ts';
import { type Dtype, noGrad, type Tensor } from '../tensor/index.ts';

/** Tensors by the paths of their fields. */
export type StateDict = ReadonlyMap<string, Tensor>;

/** What is compared before anything is loaded: of tensors, and of their entries in a file. */
type Shaped = { readonly shape: readonly number[]; readonly dtype: Dtype };

/**
 * Copies values into existing tensors, all or none.
 * @throws ConfigError that lists every missing, unexpected and misshapen tensor.
 */
export function copyState(targets: StateDict, state: StateDict): void {
  checkState(targets, state);
  noGrad(() => {
    for (const [name, target] of targets) target.copy_(state.get(name) as Tensor);
  });
}

/**
 * Compares names and shapes, of a file before its data is read.
 * @throws ConfigError that lists every missing, unexpected and misshapen tensor.
 */
export function checkState(
  targets: ReadonlyMap<string, Shaped>,
  state: ReadonlyMap<string, Shaped>,
): void {
  const problems = compareState(targets, state);
  if (problems.length === 0) return;
  throw new ConfigError({
    what: 'the state to load',
    must: 'hold exactly the tensors of the module',
    got: `${problems.length} differences:\n    ${problems.join('\n    ')}`,
  });
}

function compareState(
  targets: ReadonlyMap<string, Shaped>,
  state: ReadonlyMap<string, Shaped>,
): string[] {
  const problems: string[] = [];
  for (const [name, target] of targets) {
    const source = state.get(name);
    if (source === undefined) problems.push(`missing: ${name} ${show(target)}`);
    else if (String(source.shape) !== String(target.shape)) {
      problems.push(`misshapen: ${name} must be ${show(target)}, is ${show(source)}`);
    }
  }
  for (const [name, source] of state) {
    if (!targets.has(name)) problems.push(`unexpected: ${name} ${show(source)}`);
  }
  return problems;
}

function show({ shape, dtype }: Shaped): string {
  return `${dtype}[${shape.join(', ')}]`;
}
