// File names say what is inside.

import { listFiles } from './repository.mjs';

const emptyNames = ['util', 'utils', 'helper', 'helpers', 'misc', 'common', 'shared', 'stuff'];

const styles = [
  {
    files: /\.(ts|tsx|mjs)$/,
    pattern: /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/,
    style: 'kebab-case',
    example: 'learning-rate.ts',
  },
  {
    files: /\.(cpp|cc|h|hpp|cu|py)$/,
    pattern: /^[a-z0-9]+(_[a-z0-9]+)*\.[a-z]+$/,
    style: 'snake_case, the custom of C++ and Python',
    example: 'tensor_table.cpp',
  },
];

export const name = 'names';

/**
 * @param {string} root
 * @returns {import('./problem.mjs').Problem[]}
 */
export function run(root) {
  return listFiles(root).flatMap((file) => {
    const verdict = judgeName(file);
    return verdict === undefined ? [] : [{ file, ...verdict }];
  });
}

/**
 * @param {string} file
 * @returns {{ what: string, hint: string } | undefined}
 */
function judgeName(file) {
  const steps = file.split('/').map((step) => step.split('.', 1)[0] ?? '');
  const empty = steps.find((step) => emptyNames.includes(step));
  if (empty !== undefined) {
    return { what: `"${empty}" says nothing`, hint: 'name it after what the code in it is about' };
  }
  const baseName = file.slice(file.lastIndexOf('/') + 1);
  const style = styles.find(({ files }) => files.test(file));
  if (style === undefined || style.pattern.test(baseName)) return undefined;
  return { what: `is not in ${style.style}`, hint: `as in ${style.example}` };
}
