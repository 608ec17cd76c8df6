// Lets a test run one check on a small repository of its own.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const nodeModules = path.resolve(import.meta.dirname, '../../node_modules');

/**
 * @param {import('./problem.mjs').Check} check
 * @param {Record<string, string>} files path → text
 * @returns {Promise<string[]>} each problem as "file:line what"
 */
export async function tryCheck(check, files) {
  return withRepository(files, async (root) => {
    const problems = await check.run(root);
    return problems.map(({ file, line, what }) => {
      return line === undefined ? `${file} ${what}` : `${file}:${line} ${what}`;
    });
  });
}

/**
 * @template T
 * @param {Record<string, string>} files
 * @param {(root: string) => Promise<T> | T} use what to do while the repository exists
 */
export async function withRepository(files, use) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'athanor-check-')));
  try {
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    writeFileSync(path.join(root, '.git/info/exclude'), 'node_modules\n');
    symlinkSync(nodeModules, path.join(root, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
