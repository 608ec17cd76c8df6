/** Weights on disk: the safetensors format, one file or the shards of a model folder. */
export { loadSharded, SafetensorsFolder } from './folder.ts';
export type { SafetensorsHeader, TensorEntry } from './format.ts';
export { formatHeader, type PlacedTensor } from './header-writer.ts';
export { loadSafetensors, loadSafetensorsMetadata, SafetensorsFile } from './read.ts';
export type { LoadOptions, TensorSource } from './tensor-source.ts';
export { type NamedTensors, type SaveOptions, saveSafetensors } from './write.ts';
export { type SaveShardedOptions, saveSharded } from './write-sharded.ts';
