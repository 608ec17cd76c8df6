import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A short hash of values and of files' names and contents; a file that is missing counts as such.
 * @param {unknown} values Anything that JSON can write.
 * @param {string[]} [files] Paths.
 * @param {string} [root] Taken off the paths, so that a clone can move.
 * @returns {string} 24 hexadecimal digits.
 */
export function fingerprint(values, files = [], root = '') {
  const hash = createHash('sha256').update(JSON.stringify(values));
  for (const path of files) {
    hash.update(`\0${path.startsWith(root) ? path.slice(root.length) : path}\0`);
    hash.update(existsSync(path) ? readFileSync(path) : 'missing');
  }
  return hash.digest('hex').slice(0, 24);
}

/**
 * Writes JSON so that a reader sees the old file or the new one, never a part.
 * @param {string} path
 * @param {unknown} value
 */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(temporary, path);
}

/**
 * A JSON object, or undefined when the file is missing or is no object.
 * @param {string} path
 * @returns {Record<string, unknown> | undefined}
 */
export function readJson(path) {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
