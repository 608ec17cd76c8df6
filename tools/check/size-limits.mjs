// How long a file and a function may be.

import { isTest } from './repository.mjs';

/** Lines of one function, from its first word to its closing brace. */
export const maxFunctionLines = 30;

/** Functions in data files are parts of table rows; longer ones are code in the wrong place. */
export const maxDataFunctionLines = 5;

/**
 * @param {string} file
 * @returns {number | undefined} undefined where length does not matter: data, documents, settings
 */
export function maxFileLines(file) {
  const isCode = /\.(ts|tsx|mjs|cpp|cc|h|hpp|cu)$/.test(file);
  if (!isCode || /\.(data|generated)\.ts$/.test(file)) return undefined;
  // A stage is one story, told from top to bottom; a test file lists cases.
  return isTest(file) || file.startsWith('src/stages/') ? 300 : 150;
}
