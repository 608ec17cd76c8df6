// Folders that must work on a machine without LibTorch reach src/tensor on no path.

import { tensorFreeFolders } from './layer-table.mjs';

/** @typedef {import('./layers.mjs').Edge} Edge */

/**
 * Follows the imports that exist at run time, from where they leave the tensor-free folders. Types are
 * no imports in this sense: the compiler erases them.
 *
 * @param {readonly Edge[]} edges
 * @returns {import('./problem.mjs').Problem[]}
 */
export function findTensorReaches(edges) {
  const loading = edges.filter((edge) => !edge.typeOnly);
  const starts = loading.filter(({ from, to }) => isTensorFree(from) && !isTensorFree(to));
  return starts.flatMap((start) => {
    const path = findPathToTensor(start, loading);
    if (path === undefined) return [];
    return [
      {
        file: start.from,
        line: start.line,
        what: `reaches src/tensor: ${path.join(' → ')}`,
        hint: 'this folder must work without LibTorch; take a function that the stage passes in',
      },
    ];
  });
}

/**
 * The shortest path, breadth first.
 *
 * @param {Edge} start
 * @param {readonly Edge[]} edges
 */
function findPathToTensor(start, edges) {
  const queue = [[start.from, start.to]];
  const seen = new Set([start.to]);
  for (const path of queue) {
    const last = path.at(-1) ?? '';
    if (last.startsWith('src/tensor/')) return path;
    for (const { from, to } of edges) {
      if (from !== last || seen.has(to)) continue;
      seen.add(to);
      queue.push([...path, to]);
    }
  }
  return undefined;
}

/** @param {string} file */
function isTensorFree(file) {
  return tensorFreeFolders.some((folder) => file.startsWith(`src/${folder}/`));
}
