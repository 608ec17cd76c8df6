/**
 * Tensors as text, character for character as PyTorch prints them with its default options, save
 * that a dtype has no `torch.` before it: `tensor([1., 2.], dtype=float64)`.
 * Source: torch/_tensor_str.py, version 2.13.
 */
import type { Dtype } from './dtype.ts';
import { elementFormat, type PrintedValue } from './format-number.ts';

/** Digits after the point. */
export const precision = 4;
/** A tensor with more elements than this is summarised. */
export const threshold = 1000;
/** Elements that a summary shows at each end of a long dimension. */
export const edgeItems = 3;
/** Characters of one line. */
export const lineWidth = 80;

export type NestedValues = PrintedValue | readonly NestedValues[];

/** All that the text of a tensor depends on. */
export interface PrintedTensor {
  shape: readonly number[];
  dtype: Dtype;
  /** `'cpu'`, `'cuda:0'`, `'meta'`; the text of a meta tensor does not look at its values. */
  device: string;
  requiresGrad: boolean;
  /** The name of the node that computed it, such as `'AddBackward0'`, when there is one. */
  gradFunction?: string | undefined;
  /** The elements that `rangesToPrint` asks for, nested as the shape is. */
  values: NestedValues;
}

/** Half-open ranges [start, end) of indices along one dimension. */
export type IndexRanges = readonly (readonly [start: number, end: number])[];

/**
 * For each dimension the indices whose elements the text shows: one range of all of them, or the
 * two ends where a summary leaves out the middle.
 */
export function rangesToPrint(shape: readonly number[]): IndexRanges[] {
  const summarize = shape.reduce((product, size) => product * size, 1) > threshold;
  return shape.map((size) =>
    summarize && size > 2 * edgeItems
      ? [
          [0, edgeItems],
          [size - edgeItems, size],
        ]
      : [[0, size]],
  );
}

/** The text of a tensor: `tensor([[1., 2.], [3., 4.]], requires_grad=True)`. */
export function formatTensor(tensor: PrintedTensor): string {
  const prefix = 'tensor(';
  const text = tensor.device === 'meta' ? '...' : formatValues(tensor, prefix.length);
  return addSuffixes(prefix + text, suffixes(tensor), prefix.length);
}

function suffixes({ shape, dtype, device, requiresGrad, gradFunction }: PrintedTensor): string[] {
  const hidesValues = device === 'meta' || shape.includes(0);
  // A reader takes these dtypes for granted; without elements, float32 alone.
  const isDefault =
    dtype === 'float32' || (!hidesValues && (dtype === 'int64' || dtype === 'bool'));
  const list: string[] = [];
  if (device !== 'cpu') list.push(`device='${device}'`);
  if (device === 'meta' || (hidesValues && shape.length !== 1)) list.push(`size=${tuple(shape)}`);
  if (!isDefault) list.push(`dtype=${dtype}`);
  if (gradFunction !== undefined) list.push(`grad_fn=<${gradFunction}>`);
  else if (requiresGrad) list.push('requires_grad=True');
  return list;
}

function tuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

function addSuffixes(text: string, list: readonly string[], indent: number): string {
  let result = text;
  let lineLength = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of list) {
    const fits = lineLength + suffix.length + 2 <= lineWidth;
    result += fits ? `, ${suffix}` : `,\n${' '.repeat(indent)}${suffix}`;
    lineLength = suffix.length + (fits ? lineLength + 2 : indent);
  }
  return `${result})`;
}

function formatValues({ shape, dtype, values }: PrintedTensor, indent: number): string {
  if (shape.includes(0)) return '[]';
  const format = elementFormat(dtype, flatten(values), precision);
  const isCut = rangesToPrint(shape).map((ranges) => ranges.length === 2);
  const write = (part: NestedValues, dim: number): string => {
    if (!Array.isArray(part)) return format.write(part as PrintedValue);
    const isLast = dim === shape.length - 1;
    const items = part.map((item: NestedValues) => write(item, dim + 1));
    if (isCut[dim]) items.splice(edgeItems, 0, isLast ? ' ...' : '...');
    const lines = isLast ? fillLines(items, format.width, indent + dim) : items;
    const numBreaks = Math.max(1, shape.length - 1 - dim);
    return `[${lines.join(`,${'\n'.repeat(numBreaks)}${' '.repeat(indent + dim + 1)}`)}]`;
  };
  return write(values, 0);
}

function fillLines(items: readonly string[], width: number, indent: number): string[] {
  const perLine = Math.max(1, Math.floor((lineWidth - indent) / (width + 2)));
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += perLine)
    lines.push(items.slice(i, i + perLine).join(', '));
  return lines;
}

function flatten(values: NestedValues): PrintedValue[] {
  return Array.isArray(values) ? values.flatMap(flatten) : [values as PrintedValue];
}
