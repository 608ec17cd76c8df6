import { describe, expect, test } from 'vitest';
import * as dependencies from './dependencies.mjs';
import { tryCheck } from './try-check.mjs';

/**
 * @param {Record<string, string>} wanted the dependencies of package.json
 * @param {Record<string, object>} packages those of package-lock.json, by name
 * @param {Record<string, string>} [remembered] what package-lock.json thinks package.json says
 */
function tryDependencies(wanted, packages, remembered = wanted) {
  const rows = Object.entries(wanted).map(([name, version]) => `| ${name} | ${version} | MIT |`);
  const places = Object.entries(packages).map(([name, locked]) => [`node_modules/${name}`, locked]);
  const lock = { packages: { '': { dependencies: remembered }, ...Object.fromEntries(places) } };
  return tryCheck(dependencies, {
    'package.json': JSON.stringify({ dependencies: wanted }),
    'package-lock.json': JSON.stringify(lock),
    'THIRD_PARTY_NOTICES.md': rows.join('\n'),
  });
}

describe('dependencies', () => {
  test('are fine when exact, locked, without scripts and without addresses', async () => {
    const packages = {
      a: { version: '1.2.3' },
      '@b/c': { version: '1.0.0-rc.1' },
      esbuild: { version: '0.1.0', hasInstallScript: true },
      'a/node_modules/fsevents': { version: '2.0.0', hasInstallScript: true },
    };
    expect(await tryDependencies({ a: '1.2.3', '@b/c': '1.0.0-rc.1' }, packages)).toEqual([]);
  });

  test.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', 'file:../a', 'git+ssh://x/a.git'])(
    'are not asked for as %s',
    async (version) => {
      expect(await tryDependencies({ a: version }, { a: { version: '1.2.3' } })).toEqual([
        `package.json a is asked for as "${version}", not as an exact version`,
      ]);
    },
  );

  test.each([
    [{}, 'locks a at nothing, and package.json asks for 1.2.3'],
    [{ a: { version: '1.2.4' } }, 'locks a at 1.2.4, and package.json asks for 1.2.3'],
  ])('have to be locked: %j', async (packages, what) => {
    expect(await tryDependencies({ a: '1.2.3' }, packages)).toEqual([`package-lock.json ${what}`]);
  });

  test('that were removed leave the lock file too', async () => {
    expect(await tryDependencies({}, {}, { a: '1.2.3' })).toEqual([
      'package-lock.json still holds a, which package.json no longer asks for',
    ]);
  });

  test('are locked for every platform', async () => {
    const asking = {
      version: '1.0.0',
      optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' },
    };
    const packages = { a: asking, 'a-linux': { version: '1.0.0', optional: true } };
    expect(await tryDependencies({ a: '1.0.0' }, packages)).toEqual([
      'package-lock.json has no entry for a-mac 1.0.0, so npm ci fails',
    ]);
  });

  test('bring no install scripts, not even deep down', async () => {
    const packages = { 'b/node_modules/a': { version: '1.0.0', hasInstallScript: true } };
    expect(await tryDependencies({}, packages)).toEqual([
      'package-lock.json a has an install script',
    ]);
  });

  test('that users install are named with their licence', async () => {
    const problems = await tryCheck(dependencies, {
      'package.json': JSON.stringify({ dependencies: { a: '1.2.3' } }),
      'package-lock.json': JSON.stringify({
        packages: {
          '': { dependencies: { a: '1.2.3' } },
          'node_modules/a': { version: '1.2.3' },
        },
      }),
      'THIRD_PARTY_NOTICES.md': '| a | 1.2.2 | MIT |',
    });
    expect(problems).toEqual(['THIRD_PARTY_NOTICES.md has no row for a 1.2.3']);
  });

  test('name no address', async () => {
    const packages = { a: { version: '1.0.0', resolved: 'https://example.com/a.tgz' } };
    expect(await tryDependencies({ a: '1.0.0' }, packages)).toEqual([
      'package-lock.json names the address of a (https://example.com/a.tgz)',
    ]);
  });
});
