// Files and functions stay small. What is too long already may not grow: tools/check/ratchet.json.

import { listFunctions } from './functions.mjs';
import { readRatchet } from './ratchet.mjs';
import { isScript, listFiles, readText } from './repository.mjs';
import { maxDataFunctionLines, maxFileLines, maxFunctionLines } from './size-limits.mjs';
import { parseFile } from './syntax.mjs';

/**
 * @typedef {import('./problem.mjs').Problem} Problem
 *
 * @typedef {object} Oversize
 * @property {string} key `file`, or `file#function`: the key in the ratchet
 * @property {string} file
 * @property {number} [line]
 * @property {number} numLines
 * @property {number} limit
 */

export const name = 'sizes';

/**
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  const ratchet = readRatchet(root);
  const oversizes = findOversizes(root);
  const keys = new Set(oversizes.map(({ key }) => key));
  const outdated = Object.keys(ratchet).filter((key) => !keys.has(key));
  return [
    ...oversizes.flatMap((oversize) => judge(oversize, ratchet[oversize.key])),
    ...outdated.map((key) => ({
      file: key.split('#')[0] ?? key,
      what: `no longer needs its entry in the ratchet (${key})`,
      hint: 'run node tools/check.mjs --update-ratchet',
    })),
    ...findCodeInData(root),
  ];
}

/**
 * Everything above its limit, whether the ratchet allows it or not.
 *
 * @param {string} root
 * @returns {Oversize[]}
 */
export function findOversizes(root) {
  return listFiles(root).flatMap((file) => {
    const limit = maxFileLines(file);
    if (limit === undefined) return [];
    const numLines = countLines(readText(root, file));
    const oversizes = isScript(file) ? findLongFunctions(root, file) : [];
    return numLines > limit ? [{ key: file, file, numLines, limit }, ...oversizes] : oversizes;
  });
}

/**
 * @param {Oversize} oversize
 * @param {number | undefined} allowed what the ratchet says
 * @returns {Problem[]}
 */
function judge({ key, file, line, numLines, limit }, allowed) {
  if (numLines === allowed) return [];
  const subject = key === file ? 'the file' : `function ${key.slice(file.length + 1)}`;
  const place = line === undefined ? { file } : { file, line };
  if (allowed !== undefined && numLines < allowed) {
    const what = `${subject} has ${numLines} lines, and the ratchet still allows ${allowed}`;
    return [{ ...place, what, hint: 'run node tools/check.mjs --update-ratchet' }];
  }
  const what = `${subject} has ${numLines} lines, at most ${allowed ?? limit} are allowed`;
  return [{ ...place, what, hint: 'split it where a part has a name of its own' }];
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {Oversize[]} one per name; where several functions share it, the longest
 */
function findLongFunctions(root, file) {
  const long = listFunctions(parseFile(root, file))
    .filter(({ numLines }) => numLines > maxFunctionLines)
    .sort((a, b) => a.numLines - b.numLines)
    .map(({ name: functionName, line, numLines }) => {
      const key = `${file}#${functionName}`;
      return { key, file, line, numLines, limit: maxFunctionLines };
    });
  return [...new Map(long.map((oversize) => [oversize.key, oversize])).values()];
}

/**
 * Data files may be as long as their data, which is a reason to keep code out of them.
 *
 * @param {string} root
 * @returns {Problem[]}
 */
function findCodeInData(root) {
  const dataFiles = listFiles(root).filter((file) => file.endsWith('.data.ts'));
  return dataFiles.flatMap((file) =>
    listFunctions(parseFile(root, file))
      .filter(({ numLines }) => numLines > maxDataFunctionLines)
      .map(({ name: functionName, line, numLines }) => {
        const limit = `at most ${maxDataFunctionLines} are allowed in a data file`;
        const what = `function ${functionName} has ${numLines} lines, ${limit}`;
        return { file, line, what, hint: 'put the function into a file beside it' };
      }),
  );
}

/** @param {string} text */
function countLines(text) {
  const numBreaks = text.split('\n').length - 1;
  return text.endsWith('\n') ? numBreaks : numBreaks + 1;
}
