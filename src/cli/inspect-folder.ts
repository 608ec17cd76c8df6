/** What the files of a model folder hold. Loads LibTorch when norms are asked for. */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { noGrad, SafetensorsFile, scope } from '../tensor/index.ts';
import { formatBytes, formatCount, formatTable } from './table.ts';

/** One tensor of a file. */
export interface TensorFacts {
  file: string;
  name: string;
  dtype: string;
  shape: readonly number[];
  numElements: number;
  sizeBytes: number;
  /** √Σx², in float32; null unless asked for. */
  norm: number | null;
}

/** A folder, its files and the tensors in them. */
export interface FolderFacts {
  folder: string;
  files: { name: string; sizeBytes: number }[];
  tensors: TensorFacts[];
  total: { numFiles: number; numTensors: number; numElements: number; sizeBytes: number };
}

/**
 * Lists a folder. One tensor at a time is in memory.
 * @param withNorms whether to read the tensors; else the headers of their files are enough
 * @throws FileError for a file of tensors that is damaged.
 */
export function inspectFolder(folder: string, withNorms: boolean): FolderFacts {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = names.map(({ name }: Dirent) => ({ name, sizeBytes: sizeOf(folder, name) }));
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const holders = files.filter(({ name }) => name.endsWith('.safetensors'));
  const tensors = holders.flatMap(({ name }) => inspectFile(folder, name, withNorms));
  const total = {
    numFiles: files.length,
    numTensors: tensors.length,
    numElements: sum(tensors.map(({ numElements }) => numElements)),
    sizeBytes: sum(files.map(({ sizeBytes }) => sizeBytes)),
  };
  return { folder, files, tensors, total };
}

export function formatFolder({ folder, files, tensors, total }: FolderFacts): string {
  const fileRows = files.map(({ name, sizeBytes }) => [`  ${name}`, formatBytes(sizeBytes)]);
  const { numFiles, numTensors, numElements, sizeBytes } = total;
  const sections = [
    folder,
    formatTable(fileRows),
    ...files.flatMap(({ name }) => {
      const held = tensors.filter(({ file }) => file === name);
      return held.length === 0 ? [] : [`\n${name}`, formatTensors(held)];
    }),
    `\n${numFiles} files, ${formatBytes(sizeBytes)}; ` +
      `${formatCount(numTensors)} tensors with ${formatCount(numElements)} values`,
  ];
  return sections.join('\n');
}

function formatTensors(tensors: readonly TensorFacts[]): string {
  const header = ['  tensor', 'dtype', 'shape', 'values', 'size', 'norm'];
  const rows = tensors.map(({ name, dtype, shape, numElements, sizeBytes, norm }) => [
    ...[`  ${name}`, dtype, `[${shape.join(', ')}]`],
    ...[formatCount(numElements), formatBytes(sizeBytes)],
    norm === null ? '–' : norm.toPrecision(4),
  ]);
  return formatTable([header, ...rows], 3);
}

function inspectFile(folder: string, file: string, withNorms: boolean): TensorFacts[] {
  using source = SafetensorsFile.open(join(folder, file));
  const entries = [...source.tensors].sort(([, a], [, b]) => a.offset - b.offset);
  return entries.map(([name, { dtype, shape, sizeBytes }]) => {
    const numElements = shape.reduce((product, size) => product * size, 1);
    const norm = withNorms ? normOf(source, name) : null;
    return { file, name, dtype, shape, numElements, sizeBytes, norm };
  });
}

function normOf(source: SafetensorsFile, name: string): number {
  const tensor = source.read(name);
  try {
    return noGrad(() => scope(() => tensor.to({ dtype: 'float32' }).linalgVectorNorm().item()));
  } finally {
    tensor.dispose();
  }
}

function sizeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).size;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
