/** Named tensors into and out of modules. */
import { ConfigError } from '../base/index.ts';
import { noGrad, type Tensor } from '../tensor/index.ts';

/** Tensors by the paths of their fields. */
export type StateDict = ReadonlyMap<string, Tensor>;

/**
 * Copies values into existing tensors, all or none.
 * @throws ConfigError that lists every missing, unexpected and misshapen tensor.
 */
export function copyState(targets: StateDict, state: StateDict): void {
  const problems = compareState(targets, state);
  if (problems.length > 0) {
    throw new ConfigError({
      what: 'the state to load',
      must: 'hold exactly the tensors of the module',
      got: `${problems.length} differences:\n    ${problems.join('\n    ')}`,
    });
  }
  noGrad(() => {
    for (const [name, target] of targets) target.copy_(state.get(name) as Tensor);
  });
}

function compareState(targets: StateDict, state: StateDict): string[] {
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

function show({ shape, dtype }: Tensor): string {
  return `${dtype}[${shape.join(', ')}]`;
}
