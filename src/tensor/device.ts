/** Where a tensor lives: `meta` tensors have shapes and dtypes but no data. */
export type Device = 'cpu' | 'cuda' | `cuda:${number}` | 'meta';
