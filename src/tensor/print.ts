/** Takes from a tensor what its text shows, and no more. */
import { readElements } from './elements.ts';
import { formatTensor, type IndexRanges, type NestedValues, rangesToPrint } from './format.ts';
import { cat } from './generated/functions.ts';
import { nest } from './nested.ts';
import { noGrad, scope } from './scope.ts';
import type { Tensor } from './tensor.ts';

/** The tensor as PyTorch would print it. */
export function printTensor(tensor: Tensor): string {
  const { shape, dtype, device, requiresGrad } = tensor;
  const gradFunction = tensor.gradFunction ?? undefined;
  const values = device === 'meta' ? [] : scope(() => noGrad(() => readShown(tensor)));
  return formatTensor({ shape, dtype, device, requiresGrad, gradFunction, values });
}

function readShown(tensor: Tensor): NestedValues {
  const shown = rangesToPrint(tensor.shape).reduce(takeRanges, tensor);
  const isBool = tensor.dtype === 'bool';
  return nest(readElements(shown), shown.shape, (element) => (isBool ? element !== 0 : element));
}

/** Along one dimension, the elements of the ranges one after the other. */
function takeRanges(tensor: Tensor, ranges: IndexRanges, dim: number): Tensor {
  const [only, ...others] = ranges;
  if (only === undefined || others.length === 0) return tensor;
  return cat(
    ranges.map(([start, end]) => tensor.narrow(dim, start, end - start)),
    dim,
  );
}
