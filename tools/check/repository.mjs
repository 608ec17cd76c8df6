// The files that git has or would take, by kind.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Tracked files and new ones that are not ignored, relative to `root`, sorted. Fixtures are left out:
 * they are data, and often wrong on purpose.
 *
 * @param {string} root
 */
export function listFiles(root) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return [...new Set(output.split('\0'))]
    .filter((file) => file !== '' && !file.split('/').includes('fixtures'))
    .filter((file) => existsSync(path.join(root, file)))
    .sort();
}

/** @param {string} root */
export function listScripts(root) {
  return listFiles(root).filter(isScript);
}

/** @param {string} file */
export function isScript(file) {
  return /\.(ts|tsx|mjs)$/.test(file);
}

/** @param {string} file */
export function isTest(file) {
  return /\.test\.\w+$/.test(file) || file.startsWith('tests/');
}

/** @param {string} file */
export function isMarkdown(file) {
  return file.endsWith('.md');
}

/**
 * @param {string} root
 * @param {string} file
 */
export function readText(root, file) {
  return readFileSync(path.join(root, file), 'utf8');
}
