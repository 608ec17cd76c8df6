import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstalledTorch, pythonsOnPath } from './installed-torch.mjs';

let folder = '';
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-test-'));
});
afterEach(() => {
  process.chdir(before);
  delete process.env.PYTHONPATH;
  rmSync(folder, { recursive: true });
});

const hasPython = pythonsOnPath().length > 0;

test.runIf(hasPython)('neither finds nor runs a stray torch.py', async () => {
  const canary = join(folder, 'canary');
  const stray = `open(${JSON.stringify(canary)}, 'w')`;
  writeFileSync(join(folder, 'torch.py'), stray);
  writeFileSync(join(folder, 'json.py'), stray);
  process.chdir(folder);
  process.env.PYTHONPATH = folder;
  const found = await findInstalledTorch();
  expect(found.filter((torch) => torch.folder.startsWith(folder))).toEqual([]);
  expect(existsSync(canary)).toBe(false);
});

test.runIf(hasPython)('does not import the torch that it finds', async () => {
  const python = pythonsOnPath()[0] ?? '';
  const site = join(folder, 'site');
  const canary = join(folder, 'canary');
  mkdirSync(join(site, 'torch'), { recursive: true });
  writeFileSync(join(site, 'torch/__init__.py'), `open(${JSON.stringify(canary)}, 'w')`);
  const fake = join(folder, 'python3');
  // A Python whose own folder of packages is ours, as in a virtual environment.
  const run = `import sys; sys.path.insert(0, ${JSON.stringify(site)}); exec(sys.argv[-1])`;
  const real = execFileSync(python, ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  });
  writeFileSync(fake, `#!/bin/sh\nexec ${real.trim()} -c '${run}' "$@"\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = `${folder}:/bin:/usr/bin`;
  try {
    const found = await findInstalledTorch();
    expect(found[0]).toEqual({ python: fake, folder: join(site, 'torch') });
    expect(existsSync(canary)).toBe(false);
  } finally {
    process.env.PATH = path;
  }
});
