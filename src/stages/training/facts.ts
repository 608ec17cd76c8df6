import type { Seed } from '../../base/index.ts';
import { type Facts, type Json, runFacts } from '../../train/index.ts';
import type { TrainingConfig } from './training-config.ts';

/** What the facts of a run are made from. */
export interface RunInputs {
  config: Pick<TrainingConfig, 'precision' | 'device'>;
  seed: Seed;
  /** Hashes of what is trained on and from. */
  inputs: Facts;
  /** Fields of the config on which the weights do not depend. */
  harmlessFields: readonly string[];
}

/**
 * What a checkpoint says of its run, and a resumed run must agree with. The schema of the config has
 * made sure that all of it is JSON.
 */
export function runFactsOf({ config, seed, inputs, harmlessFields }: RunInputs): Facts {
  const { precision = 'auto', device = 'cpu' } = config;
  const fields = Object.entries(config).filter(([name]) => !harmlessFields.includes(name));
  const recipe = Object.fromEntries(fields) as unknown as Json;
  return runFacts({ recipe, seeds: { run: seed }, inputs, precision, device });
}
