import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTorchWheel, writeTorchPackage } from './testing/fake-torch.mjs';
import { Sandbox } from './testing/sandbox.mjs';

/** @type {Sandbox} */
let sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

const setup = 'tools/setup.mjs';
const unpacked = () => join(sandbox.cache, 'libtorch');
const record = (root = sandbox.root) =>
  JSON.parse(readFileSync(join(root, 'build/native.json'), 'utf8'));

/** Everything that a failed set-up must not leave. */
function expectNothingUsable() {
  expect(existsSync(join(sandbox.root, 'build/native.json'))).toBe(false);
  expect(existsSync(join(sandbox.cache, 'addon'))).toBe(false);
}

describe('a fresh clone', () => {
  test('gets LibTorch and the addon, and then has nothing to do', async () => {
    const first = await sandbox.run(setup);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(/^libtorch +2\.13\.0\+cpu unpacked, 0 kB, .* s$/m);
    expect(first.stderr).toMatch(/^addon +1 files compiled, 0\.0 MB · .* s$/m);
    const { addon, libtorch, version, variant, cxx11Abi, source } = record();
    expect(existsSync(addon)).toBe(true);
    expect({ version, variant, cxx11Abi, source }).toEqual({
      ...{ version: '2.13.0+cpu', variant: 'cpu', cxx11Abi: 1, source: 'cache' },
    });
    expect(readdirSync(libtorch).sort()).toEqual(['include', 'lib', 'version.py']);

    const numCalls = sandbox.calls().length;
    const second = await sandbox.run(setup, ['--quiet']);
    expect(second).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(sandbox.calls()).toHaveLength(numCalls);
  });

  test('keeps the cache to its user, also one that was open', async () => {
    mkdirSync(sandbox.cache, { mode: 0o755 });
    await sandbox.run(setup);
    expect(statSync(sandbox.cache).mode & 0o777).toBe(0o700);
  });

  test('shares LibTorch and the addon with other clones', async () => {
    await sandbox.run(setup);
    const other = sandbox.copyClone('other');
    const { code, stderr } = await sandbox.run(setup, [], { root: other });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/unpacked|compiled/);
    expect(record(other).addon).toBe(record().addon);
  });

  test('compiles again when a source changed, and goes back without compiling', async () => {
    await sandbox.run(setup);
    const before = record().addon;
    const source = join(sandbox.root, 'native/addon.cpp');
    writeFileSync(source, 'int main() { return 1; }\n');
    await sandbox.run(setup);
    expect(record().addon).not.toBe(before);
    writeFileSync(source, 'int main() {}\n');
    expect((await sandbox.run(setup, ['--quiet'])).stderr).toBe('');
    expect(record().addon).toBe(before);
  });

  test('prints events with --json', async () => {
    const { stdout, stderr } = await sandbox.run(setup, ['--json']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const done = events.filter(({ event }) => event === 'done').map(({ step }) => step);
    expect(done).toEqual(['packages', 'libtorch', 'addon', 'operators', 'typescript']);
    expect(stderr).toBe('');
  });

  test('refuses options that do not exist', async () => {
    const { code, stderr } = await sandbox.run(setup, ['--fast']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^UsageError: .*'--fast'\n {2}hint: npm run setup -- --help\n$/);
    expect((await sandbox.run(setup, ['--jobs', '0'])).code).toBe(2);
  });
});

describe('LibTorch', () => {
  test('is the installed torch, when its version fits', async () => {
    const torch = writeTorchPackage(join(sandbox.folder, 'site-packages'), '2.11.1');
    sandbox.setPython({ torch });
    expect((await sandbox.run(setup)).code).toBe(0);
    expect(record()).toMatchObject({ libtorch: torch, source: join(sandbox.bin, 'python3') });
    expect(existsSync(unpacked())).toBe(false);
  });

  test.each(['2.10.0', '2.14.0'])(
    'is not an installed torch %s, which is named and skipped',
    async (version) => {
      const torch = writeTorchPackage(join(sandbox.folder, 'site-packages'), version);
      const { wheel, sha256 } = makeTorchWheel();
      sandbox.offerWheel({ wheel, sha256 }, { torch });
      const { code, stderr } = await sandbox.run(setup);
      expect(code).toBe(0);
      expect(stderr).toContain(`skipped ${torch}: version ${version}; wanted is 2.11 to 2.13`);
      expect(record().source).toBe('cache');
    },
  );

  test('is what ATHANOR_LIBTORCH names, before all others', async () => {
    const named = writeTorchPackage(join(sandbox.folder, 'named'), '2.12.0');
    const torch = writeTorchPackage(join(sandbox.folder, 'site-packages'), '2.13.0');
    sandbox.setPython({ torch });
    expect((await sandbox.run(setup, [], { env: { ATHANOR_LIBTORCH: named } })).code).toBe(0);
    expect(record()).toMatchObject({ libtorch: named, source: 'ATHANOR_LIBTORCH' });
  });

  test('is an error when ATHANOR_LIBTORCH names something else', async () => {
    const env = { ATHANOR_LIBTORCH: sandbox.home };
    const { code, stderr } = await sandbox.run(setup, [], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /ATHANOR_LIBTORCH .* must be a libtorch folder .*, got no lib\/libtorch\./,
    );
    expectNothingUsable();
  });

  test('is not a CPU build when --cuda asks for the other', async () => {
    const { code, stderr } = await sandbox.run(setup, ['--cuda']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'a CUDA build of LibTorch 2.13.0 must be offered by pip, got only the cpu build',
    );
  });

  test.runIf(process.platform === 'linux')(
    'is looked for at the CPU index when pip offers CUDA',
    async () => {
      const requires = ['nvidia-cudnn-cu13==9.20.0.48; platform_system == "Linux"'];
      sandbox.offerWheel(makeTorchWheel(), { version: '2.13.0', requires });
      const { code, stderr } = await sandbox.run(setup);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'a CPU build of LibTorch 2.13.0 must be offered by pip, got only the cuda build 2.13.0',
      );
      const asked = sandbox.calls().filter((line) => line.includes(' install '));
      expect(asked[0]).not.toContain('--index-url');
      expect(asked[1]).toContain('--index-url');
      expect(existsSync(unpacked())).toBe(false);
    },
  );
});

describe('trouble', () => {
  test('without a compiler: says what to type', async () => {
    sandbox.removeProgram('c++');
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /a C\+\+ compiler must be installed and understand C\+\+20 .*, got none on PATH\n {2}hint: /,
    );
    expectNothingUsable();
  });

  test('with an old compiler: names it', async () => {
    writeFileSync(join(sandbox.folder, 'old-compiler'), '');
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toContain('c++ (c++ (Fake) 12.2.0)');
    expectNothingUsable();
  });

  test('without Python: says what to type', async () => {
    sandbox.removeProgram('python3');
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toMatch(/got no torch and no pip on PATH\n {2}hint: /);
    expectNothingUsable();
  });

  test('without network: says so, and asks no second index', async () => {
    sandbox.setPython({
      pipError:
        "WARNING: Retrying after connection broken by 'NewConnectionError: [Errno -2] Name or service not known'\nERROR: No matching distribution found for torch==2.13.0",
    });
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toContain('got no connection (Name or service not known)\n  hint: ');
    expect(sandbox.calls().filter((line) => line.includes(' install '))).toHaveLength(1);
    expectNothingUsable();
  });

  test('with a mistake in native/: shows it, and builds once it is mended', async () => {
    const source = join(sandbox.root, 'native/addon.cpp');
    writeFileSync(source, 'mistake');
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the addon must compile, got\s+\S+addon\.cpp:1:1: error: a mistake\n {2}hint: the full log is /,
    );
    expect(readFileSync(/log is (\S+);/.exec(stderr)?.[1] ?? '', 'utf8')).toContain('a mistake');
    expectNothingUsable();
    writeFileSync(source, 'int main() {}\n');
    expect((await sandbox.run(setup)).code).toBe(0);
  });

  test('with an addon that does not load: keeps it out of the cache', async () => {
    writeFileSync(join(sandbox.folder, 'stub.node'), 'no library');
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the addon that was just built must load into Node, got .*athanor\.node/,
    );
    expectNothingUsable();
  });

  test('with a wheel of another SHA-256: does not open it', async () => {
    sandbox.offerWheel({ ...makeTorchWheel(), sha256: 'f'.repeat(64) });
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toContain(`must have the SHA-256 ${'f'.repeat(64)}, got `);
    expect(existsSync(unpacked())).toBe(false);
  });

  test('with an index that gives a pinned wheel another SHA-256: downloads nothing', async () => {
    const wheelUrl = 'http://127.0.0.1:9/torch-2.13.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl';
    sandbox.setPython({ wheelUrl, sha256: 'f'.repeat(64) });
    const { code, stderr } = await sandbox.run(setup);
    expect(code).toBe(1);
    expect(stderr).toContain('must have the SHA-256 that was published, 6746dbc');
  });
});
