import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../locations.mjs';
import { writeFakePrograms } from './fake-programs.mjs';
import { makeTorchWheel } from './fake-torch.mjs';

/** @typedef {import('./fake-programs.mjs').FakePython} FakePython */
/** @typedef {{ code: number | null, stdout: string, stderr: string }} Ended */

/**
 * A copy of set-up in a folder of its own, with a PATH on which nothing is but a fake Python and a
 * fake compiler, and with a cache of its own. No network, no LibTorch.
 */
export class Sandbox {
  folder = mkdtempSync(join(tmpdir(), 'athanor-sandbox-'));
  root = join(this.folder, 'clone');
  bin = join(this.folder, 'bin');
  home = join(this.folder, 'home');
  cache = join(this.home, 'athanor');

  constructor() {
    for (const path of [this.bin, this.home]) mkdirSync(path);
    this.copyClone('clone');
    symlinkSync(process.execPath, join(this.bin, 'node'));
    writeFakePrograms(this.bin);
    compileStub(join(this.folder, 'stub.node'));
    this.offerWheel(makeTorchWheel());
  }

  /** @param {string} name */
  copyClone(name) {
    const root = join(this.folder, name);
    for (const part of ['bin', 'tools/setup', 'tools/doctor']) {
      cpSync(join(packageRoot, part), join(root, part), { recursive: true });
    }
    for (const file of ['tools/setup.mjs', 'tools/doctor.mjs', 'native/CMakeLists.txt']) {
      cpSync(join(packageRoot, file), join(root, file));
    }
    const manifest = { name: 'athanor', type: 'module', engines: { node: '>=20.20' } };
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(root, 'native/addon.cpp'), 'int main() {}\n');
    symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
    return root;
  }

  /**
   * pip offers this wheel, as a file unless there is a URL.
   * @param {{ wheel: Buffer, sha256: string }} offered
   * @param {FakePython} [more]
   */
  offerWheel({ wheel, sha256 }, more) {
    const path = join(this.folder, 'torch-2.13.0+fake.whl');
    writeFileSync(path, wheel);
    this.setPython({ wheelUrl: pathToFileURL(path).href, wheelPath: path, sha256, ...more });
  }

  /** @param {FakePython} answers */
  setPython(answers) {
    writeFileSync(join(this.folder, 'python.json'), JSON.stringify(answers));
  }

  /** @param {string} program */
  removeProgram(program) {
    rmSync(join(this.bin, program));
  }

  /** The command lines of the fake programs that ran. */
  calls() {
    const path = join(this.folder, 'calls.log');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  }

  /**
   * Starts a program of the clone.
   * @param {string} script
   * @param {string[]} [args]
   * @param {{ cwd?: string, root?: string, env?: NodeJS.ProcessEnv }} [options]
   */
  start(script, args = [], { cwd, root = this.root, env } = {}) {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: cwd ?? root,
      env: {
        PATH: this.bin,
        HOME: this.home,
        XDG_CACHE_HOME: this.home,
        ATHANOR_FAKES: this.folder,
        ...env,
      },
    });
    return { child, ended: collect(child) };
  }

  /** @param {Parameters<Sandbox['start']>} args */
  run(...args) {
    return this.start(...args).ended;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @returns {Promise<Ended>}
 */
function collect(child) {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * The smallest addon that Node loads.
 * @param {string} path
 */
function compileStub(path) {
  const source = 'void* napi_register_module_v1(void* env, void* exports) { return exports; }';
  execFileSync('cc', ['-shared', '-fPIC', '-x', 'c', '-o', path, '-'], { input: source });
}
