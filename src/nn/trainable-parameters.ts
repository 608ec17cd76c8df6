import type { Tensor } from '../tensor/index.ts';
import type { Module } from './module.ts';

/** The parameters of a module that are not frozen: what an optimizer and clipping are given. */
export function trainableParameters(module: Module): Map<string, Tensor> {
  return new Map([...module.parameters()].filter(([, { requiresGrad }]) => requiresGrad));
}
