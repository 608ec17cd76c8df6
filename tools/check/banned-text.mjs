// Words that have no place in any file: postponed work, switched-off checks, and traces of one machine.

import { listFiles, readText } from './repository.mjs';

/**
 * @typedef {object} Ban
 * @property {RegExp} pattern written so that it does not match itself
 * @property {RegExp} [files] the files it holds for, all by default
 * @property {string} what
 * @property {string} hint
 */

const code = /\.(ts|tsx|mjs|cpp|cc|h|hpp|cu|py|sh|css|html|cmake)$|CMakeLists\.txt$|^\.ci\//;

const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['deb', 'debian', 'org'],
  ['archive', 'ubuntu', 'com'],
  ['conda', 'anaconda', 'org'],
  ['index', 'crates', 'io'],
  ['proxy', 'golang', 'org'],
].map((labels) => labels.join('\\.'));

/** @type {readonly Ban[]} */
const bans = [
  {
    pattern: /\b(TO(?:DO)|FIX(?:ME)|XX(?:X))\b/,
    files: code,
    what: 'postpones work',
    hint: 'do it now, or write it down where plans are kept',
  },
  {
    pattern: /@ts-(?:ignore|nocheck)\b/,
    files: code,
    what: 'switches the compiler off',
    hint: 'mend the type; a test of types may use @ts-expect-error',
  },
  {
    pattern: new RegExp(`\\b(?:${registryHosts.join('|')})\\b`),
    what: 'names the host of a package registry',
    hint: "leave the address to the user's own npm, pip or apt settings",
  },
  {
    pattern: /(?<![\w.\-/}])\/(?:work|root|opt)\//,
    what: 'holds an absolute path of one machine',
    hint: 'make it relative, or ask the system for the folder',
  },
];

export const name = 'banned text';

/**
 * @param {string} root
 * @returns {import('./problem.mjs').Problem[]}
 */
export function run(root) {
  return listFiles(root).flatMap((file) => {
    const text = readText(root, file);
    return text.includes('\0') ? [] : judgeText(file, text);
  });
}

/**
 * @param {string} file
 * @param {string} text
 */
function judgeText(file, text) {
  const active = bans.filter(({ files }) => files?.test(file) ?? true);
  return text
    .split('\n')
    .flatMap((line, index) =>
      active
        .filter(({ pattern }) => pattern.test(line))
        .map(({ what, hint }) => ({ file, line: index + 1, what, hint })),
    );
}
