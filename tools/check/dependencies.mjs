// What npm installs is what was reviewed: exact versions, no install scripts, no addresses.

import { readText } from './repository.mjs';

/**
 * @typedef {import('./problem.mjs').Problem} Problem
 *
 * @typedef {object} Manifest the part of package.json that matters here
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {object} LockedPackage an entry of package-lock.json
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {boolean} [hasInstallScript]
 * @property {boolean} [link]
 */

/**
 * Packages that bring an install script which they do not need: `ignore-scripts` in .npmrc keeps it
 * from running, and the binaries come as packages of their own.
 */
const harmlessScripts = ['esbuild', 'fsevents'];

const groups = /** @type {const} */ (['dependencies', 'devDependencies', 'optionalDependencies']);

const noticesFile = 'THIRD_PARTY_NOTICES.md';

export const name = 'dependencies';

/**
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  /** @type {Manifest} */
  const manifest = JSON.parse(readText(root, 'package.json'));
  /** @type {Record<string, LockedPackage & Manifest>} */
  const packages = JSON.parse(readText(root, 'package-lock.json')).packages;
  return [
    ...groups.flatMap((group) => judgeGroup(manifest[group], packages, packages['']?.[group])),
    ...Object.entries(packages).flatMap(([place, locked]) => judgeLocked(place, locked)),
    ...judgePlatforms(packages),
    ...judgeNotices(manifest.dependencies, readText(root, noticesFile)),
  ];
}

/**
 * @param {Record<string, string> | undefined} wanted of package.json
 * @param {Record<string, LockedPackage>} packages
 * @param {Record<string, string> | undefined} locked the same group as the lock file remembers it
 * @returns {Problem[]}
 */
function judgeGroup(wanted = {}, packages, locked = {}) {
  const removed = Object.keys(locked).filter((packageName) => !(packageName in wanted));
  const hint = 'run npm install, and commit both files';
  return [
    ...removed.map((packageName) => ({
      file: 'package-lock.json',
      what: `still holds ${packageName}, which package.json no longer asks for`,
      hint,
    })),
    ...Object.entries(wanted).flatMap(([packageName, version]) => {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
        const what = `${packageName} is asked for as "${version}", not as an exact version`;
        return [{ file: 'package.json', what, hint: 'npm install --save-exact' }];
      }
      const got = packages[`node_modules/${packageName}`]?.version ?? 'nothing';
      if (got === version && locked[packageName] === version) return [];
      const what = `locks ${packageName} at ${got}, and package.json asks for ${version}`;
      return [{ file: 'package-lock.json', what, hint }];
    }),
  ];
}

/**
 * @param {string} place as in node_modules/vite/node_modules/esbuild
 * @param {LockedPackage} locked
 * @returns {Problem[]}
 */
function judgeLocked(place, { resolved, hasInstallScript, link }) {
  const packageName = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const problems = [];
  if (resolved !== undefined && link !== true) {
    const what = `names the address of ${packageName} (${resolved})`;
    const hint = 'npm install --omit-lockfile-registry-resolved keeps the address out';
    problems.push({ file: 'package-lock.json', what, hint });
  }
  if (hasInstallScript === true && !harmlessScripts.includes(packageName)) {
    const what = `${packageName} has an install script`;
    problems.push({ file: 'package-lock.json', what, hint: 'find a package without one' });
  }
  return problems;
}

/**
 * npm writes a lock file without the packages for other platforms that its registry does not have, and
 * then refuses to install from it.
 *
 * @param {Record<string, LockedPackage & Manifest>} packages
 * @returns {Problem[]}
 */
function judgePlatforms(packages) {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([packageName]) => !isLocked(packages, place, packageName))
      .map(([packageName, version]) => ({
        file: 'package-lock.json',
        what: `has no entry for ${packageName} ${version}, so npm ci fails`,
        hint: 'write one with version, optional, os and cpu, and run npm install',
      })),
  );
}

/**
 * @param {Record<string, LockedPackage>} packages
 * @param {string} place of the package that asks
 * @param {string} packageName
 */
function isLocked(packages, place, packageName) {
  return (
    `node_modules/${packageName}` in packages || `${place}/node_modules/${packageName}` in packages
  );
}

/**
 * Whoever adds a dependency that users install reads its licence and writes it down.
 *
 * @param {Record<string, string> | undefined} dependencies
 * @param {string} notices
 * @returns {Problem[]}
 */
function judgeNotices(dependencies = {}, notices) {
  const missing = Object.entries(dependencies).filter(([packageName, version]) => {
    return !notices.includes(`| ${packageName} | ${version} |`);
  });
  return missing.map(([packageName, version]) => ({
    file: noticesFile,
    what: `has no row for ${packageName} ${version}`,
    hint: 'add its version, licence and copyright',
  }));
}
