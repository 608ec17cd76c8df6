/** What a checkpoint store is given, and what it tells. */
import type { Tensor } from '../../tensor/index.ts';
import type { TrainSnapshot } from '../train-state.ts';
import type { Facts } from './manifest.ts';
import type { Retention } from './retention.ts';

export interface CheckpointStoreConfig {
  /** The folder that holds the checkpoints of the run, and nothing else. Made if need be. */
  folder: string;
  /** What goes into every manifest beside the state; see {@link runFacts}. */
  facts: Facts;
  retention?: Retention;
  /** Told of every failed save and every damaged checkpoint. Default: standard error. */
  alarm?: (message: string) => void;
}

/** What a checkpoint holds. */
export interface CheckpointContent {
  state: TrainSnapshot;
  /** File name (`model.safetensors`) → its tensors; of any device. */
  tensors: Readonly<Record<string, ReadonlyMap<string, Tensor>>>;
  /** File name (`config.json`) → its text or bytes. */
  documents?: Readonly<Record<string, string | Uint8Array>>;
  /** Steps whose checkpoints stay whatever the retention says. */
  keptSteps?: readonly number[];
}

/** How the last save ended. */
export interface SaveOutcome {
  step: number;
  isSaved: boolean;
  /** Of the writer's thread, from its start to the end of its last sync. */
  seconds: number;
}
