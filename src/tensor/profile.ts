/** Which operators time goes to. */
import type { OperatorTime } from './addon.ts';
import { native } from './native.ts';

/**
 * Runs `body` and adds up the time of every operator that this process calls meanwhile, backward
 * passes and other threads included: LibTorch's own observers, as PyTorch's profiler uses them.
 * On a GPU this is the time of launching work, not of doing it. Each call costs about 0.2 µs more.
 *
 * @returns the operators, the longest first
 * @throws TensorError when the process is being profiled already.
 */
export function profileOperators(body: () => void): OperatorTime[] {
  native().beginProfile();
  let operators: OperatorTime[] = [];
  try {
    body();
  } finally {
    operators = native().endProfile();
  }
  return operators.sort((a, b) => b.milliseconds - a.milliseconds);
}
