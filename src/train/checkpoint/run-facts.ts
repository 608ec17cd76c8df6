/** What a manifest says about the run and the machine. */
import { readFileSync } from 'node:fs';
import { packageRoot, type Seed } from '../../base/index.ts';
import { buildInfo, numThreads } from '../../tensor/index.ts';
import { type Facts, hashText, type Json } from './manifest.ts';

export interface RunDescription {
  /** The resolved recipe, JSON data. */
  recipe: Json;
  seeds: Readonly<Record<string, Seed>>;
  /** Of large products: `fp32`, `bf16`. */
  precision: string;
  device: string;
  /** More that a resumed run must agree with: hashes of the data, of the tokenizer, … */
  inputs?: Facts;
}

/** The facts for the manifests of a run: the description, and the machine as it is now. */
export function runFacts({ recipe, seeds, precision, device, inputs = {} }: RunDescription): Facts {
  const { libtorchVersion, variant, cpuCapability } = buildInfo();
  return {
    recipe,
    recipeSha256: hashText(JSON.stringify(recipe)),
    seeds: Object.fromEntries(Object.entries(seeds).map(([name, seed]) => [name, String(seed)])),
    inputs,
    machine: {
      athanorVersion: readVersion(),
      libtorchVersion,
      variant,
      cpuCapability,
      numThreads: numThreads(),
      architecture: process.arch,
      device,
      precision,
    },
  };
}

function readVersion(): string {
  const text = readFileSync(new URL('package.json', packageRoot()), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
