import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, runCommand } from './run-command.mjs';

/**
 * Asks where `torch` would be imported from, without importing it.
 */
const question = `
import importlib.util, json, sys
sys.path = [entry for entry in sys.path if entry]
spec = importlib.util.find_spec("torch")
folders = list(spec.submodule_search_locations or []) if spec else []
print(json.dumps({"origin": spec.origin if spec else None, "folder": folders[0] if folders else None}))
`;

/**
 * The `torch` packages of the Pythons on PATH. Runs in an empty folder and ignores PYTHONPATH, so
 * that a stray `torch.py` is neither found nor run.
 * @returns {Promise<{ python: string, folder: string }[]>}
 */
export async function findInstalledTorch() {
  const empty = mkdtempSync(join(tmpdir(), 'athanor-python-'));
  try {
    const found = [];
    for (const python of pythonsOnPath()) {
      const folder = await torchFolder(python, empty);
      if (folder !== undefined) found.push({ python, folder });
    }
    return found;
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** @returns {string[]} Paths, in the order in which they are asked. */
export function pythonsOnPath() {
  const paths = ['python3', 'python'].map((name) => findOnPath(name));
  return [...new Set(paths)].filter((path) => path !== undefined);
}

/**
 * @param {string} python
 * @param {string} emptyFolder
 */
async function torchFolder(python, emptyFolder) {
  const options = { cwd: emptyFolder, timeoutMs: 30_000 };
  const answer = await runCommand(python, ['-E', '-c', question], options);
  if (!answer.ok) return undefined;
  try {
    const { folder } = JSON.parse(answer.stdout);
    return typeof folder === 'string' ? folder : undefined;
  } catch {
    return undefined;
  }
}
