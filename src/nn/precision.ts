/**
 * The numbers that a model multiplies in. Parameters, gradients and optimizer state are float32 in
 * every mode. In `bf16` Linear and attention cast their inputs inside the graph; norms, softmax
 * and losses stay float32. There is no autocast: what casts, says so.
 */
import { buildInfo, type Device, type Dtype, type Tensor } from '../tensor/index.ts';
import { tensorFields } from './fields.ts';
import { Linear } from './linear.ts';
import type { Module } from './module.ts';

export type Precision = 'fp32' | 'bf16' | 'auto';

/**
 * The dtype of a precision on a device: `auto` is bfloat16 on GPUs and on CPUs that multiply it
 * in hardware (avx512_bf16, AMX), where it is twice as fast, and float32 elsewhere. There `bf16`
 * is rounded like bfloat16 but multiplied in float32, about as fast as `fp32`: for trying out
 * at home what a GPU will compute.
 */
export function computeDtype(precision: Precision, device: Device = 'cpu'): Dtype {
  if (precision === 'fp32') return 'float32';
  if (precision === 'bf16') return 'bfloat16';
  return device !== 'cpu' || buildInfo().cpuMultipliesBf16 ? 'bfloat16' : 'float32';
}

/** Whether this processor has no instructions for the products of such a tensor. */
export function isSlowBfloat16({ dtype, device }: Tensor): boolean {
  return dtype === 'bfloat16' && device === 'cpu' && !buildInfo().cpuMultipliesBf16;
}

/** Makes every Linear of a module, at any depth, multiply in a precision. */
export function setPrecision(module: Module, precision: Precision): void {
  const [first] = tensorFields(module);
  const dtype = computeDtype(precision, first?.tensor.device);
  for (const part of module.modules()) if (part instanceof Linear) part.computeDtype = dtype;
}
