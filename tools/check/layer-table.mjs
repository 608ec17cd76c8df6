// The order of the layers. This is the one place that holds it; docs/ARCHITECTURE.md explains it.

/**
 * @typedef {object} Layer a folder of src/
 * @property {string} folder
 * @property {false} [tensors] false: nothing in it may reach src/tensor, not even through others
 * @property {readonly string[]} [never] layers above it that it must not know all the same
 */

/**
 * A folder may import only folders that stand above it.
 *
 * @type {readonly Layer[]}
 */
export const layers = [
  { folder: 'base', tensors: false },
  { folder: 'tensor' },
  { folder: 'nn' },
  { folder: 'optim' },
  { folder: 'distributed' },
  { folder: 'train' },
  { folder: 'tokenizer', tensors: false },
  { folder: 'chat', tensors: false },
  { folder: 'corpus', tensors: false },
  { folder: 'batches' },
  { folder: 'model', never: ['optim', 'distributed', 'train'] },
  { folder: 'generate' },
  { folder: 'rl' },
  { folder: 'evaluate' },
  { folder: 'plan', tensors: false },
  { folder: 'server' },
  { folder: 'stages' },
  { folder: 'recipe' },
  { folder: 'cli' },
];

/** Folders of src/ that never load LibTorch. */
export const tensorFreeFolders = layers
  .filter(({ tensors }) => tensors === false)
  .map(({ folder }) => folder);

/**
 * Which layers the folders beside src/ may import; left out are those that may import all.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layersOpenTo = {
  samples: ['base'],
  // Plain JavaScript that runs on a fresh clone, where no TypeScript runs yet.
  tools: [],
  bin: [],
};

/** What the web page may import, types only: the protocol with the server, and the chat's messages. */
export const openToWeb = /^src\/(server\/protocol\.ts|chat\/)/;
