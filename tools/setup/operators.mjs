import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, readJson, writeJson } from './fingerprint.mjs';
import { SetupProblem } from './problem.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Generates the typed operators from the schemas of the LibTorch that was found.
 * @param {object} job
 * @param {string} job.root
 * @param {string} job.addonHash
 * @param {(text: string) => void} job.progress
 * @returns {Promise<import('./reporter.mjs').Outcome>}
 * @throws {SetupProblem}
 */
export async function ensureOperators({ root, addonHash, progress }) {
  const generator = join(root, 'tools/generate-operators.mjs');
  const tensorFolder = join(root, 'src/tensor');
  // A published package brings the generated files compiled.
  if (!existsSync(tensorFolder)) return { changed: false, text: 'part of the package' };
  const generatorFolder = join(root, 'tools/generate');
  const inputs = [generator, ...filesOf(generatorFolder)];
  inputs.push(join(tensorFolder, 'operators.ts'), join(tensorFolder, 'schemas.txt'));
  const outputFolder = join(tensorFolder, 'generated');
  const stampPath = join(root, 'build/operators.json');
  const hash = () => fingerprint({ addonHash }, [...inputs, ...filesOf(outputFolder)], root);
  if (existsSync(outputFolder) && readJson(stampPath)?.hash === hash()) {
    return { changed: false, text: 'up to date' };
  }
  progress('generating');
  const { ok, stderr } = await runCommand(process.execPath, [generator], { cwd: root });
  if (!ok) throw failedGenerator(stderr);
  writeJson(stampPath, { hash: hash() });
  return { changed: true, text: `generated ${filesOf(outputFolder).length} files` };
}

/** @param {string} folder */
function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** @param {string} stderr */
function failedGenerator(stderr) {
  return new SetupProblem({
    what: 'tools/generate-operators.mjs',
    must: 'write the types of the operators',
    got: stderr.trim().split('\n').slice(0, 8).join('\n    ') || 'no message',
    hint: 'npm run doctor shows which LibTorch was found; versions 2.11 to 2.13 have the right schemas',
  });
}
